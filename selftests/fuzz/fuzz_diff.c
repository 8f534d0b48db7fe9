// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as two record streams, the second one from a line "%" on, compared
 * and printed in both forms. Two that are the same are so the other way round,
 * too. Built and run with
 *
 *	clang -g -D_GNU_SOURCE -fsanitize=fuzzer,address,undefined -o fuzz \
 *		selftests/fuzz/fuzz_diff.c $(find report -name '*.c' ! -name main.c)
 *	./fuzz -close_fd_mask=2 CORPUS
 *
 * where CORPUS has files made like this: cat GOOD; echo %; cat BAD.
 */
#include "../../report/diff/groups.h"
#include "../../report/report.h"

#include <stdlib.h>
#include <string.h>

struct memory {
	const uint8_t *at;
	size_t left;
};

static ssize_t memory_read(void *source, char *buf, size_t size)
{
	struct memory *m = source;
	size_t got = m->left < size ? m->left : size;

	memcpy(buf, m->at, got);
	m->at += got;
	m->left -= got;
	return got;
}

static int gather(struct output *o, const struct family *f)
{
	return ways_add(o->gathered, f);
}

/* Fills side. Returns the records, which its notes belong to. */
static struct records *read_side(struct side *side, const uint8_t *data,
				 size_t size)
{
	static const struct form form = { .name = "ways", .gather = gather };
	struct memory m = { data, size };
	struct records *r = records_new(memory_read, &m);
	struct output o = { .file = stderr, .gathered = &side->ways };

	report_run(r, "fuzz", &form, &o);
	side->name = "fuzz";
	side->notes = &r->notes;
	return r;
}

static void print(const struct groups *g, bool quiet, bool verbose)
{
	char *text;
	size_t size;
	struct output o = {
		.file = open_memstream(&text, &size),
		.quiet = quiet,
		.verbose = verbose,
	};

	diff_text(&o, g);
	diff_json(&o, g);
	fclose(o.file);
	free(text);
}

static bool compare(struct side sides[2])
{
	struct groups g;
	bool same;

	groups_compare(&g, sides);
	print(&g, false, false);
	print(&g, false, true);
	print(&g, true, false);
	same = g.same;
	groups_free(&g);
	return same;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *cut = memmem(data, size, "\n%\n", 3);
	struct names names = { .root = NULL };
	struct side sides[2] = {
		{ .ways.names = &names }, { .ways.names = &names }
	}, turned[2];
	struct records *good, *bad;
	bool same;

	if (!cut)
		return 0;
	good = read_side(&sides[GOOD], data, cut + 1 - data);
	bad = read_side(&sides[BAD], cut + 3, data + size - (cut + 3));
	if (sides[GOOD].ways.count && sides[BAD].ways.count) {
		same = compare(sides);
		turned[GOOD] = sides[BAD];
		turned[BAD] = sides[GOOD];
		if (compare(turned) != same)
			abort();
	}
	ways_free(&sides[GOOD].ways);
	ways_free(&sides[BAD].ways);
	records_free(good);
	records_free(bad);
	names_free(&names);
	return 0;
}
