// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as a record stream, printed in every form as for a terminal; and
 * what the form "records" prints must, read again, be printed the same. The
 * summary counts no packet twice. Built and run with
 *
 *	clang -g -D_GNU_SOURCE -fsanitize=fuzzer,address,undefined -o fuzz \
 *		selftests/fuzz/fuzz_records.c $(find report -name '*.c' ! -name main.c)
 *	./fuzz -close_fd_mask=2 CORPUS selftests/golden
 *
 * report/main.c is the one file that is left out.
 */
#include "../../report/report.h"

#include <stdlib.h>
#include <string.h>

struct memory {
	const uint8_t *at;
	size_t left;
};

/* What a pipe gives at a time; a line may be spread over many reads. */
#define PIECE	100

static ssize_t memory_read(void *source, char *buf, size_t size)
{
	struct memory *m = source;
	size_t got = m->left < size ? m->left : size;

	if (got > PIECE)
		got = PIECE;
	memcpy(buf, m->at, got);
	m->at += got;
	m->left -= got;
	return got;
}

static char *print(const void *data, size_t size, const struct form *form,
		   size_t *printed)
{
	struct memory m = { data, size };
	struct records *r = records_new(memory_read, &m);
	static struct columns columns;
	char *text;
	struct output o = {
		.file = open_memstream(&text, printed),
		.columns = &columns,
		.term = { .colour = true, .width = 60 },
		.verbose = true,
	};

	columns_choose(&columns, "+flow,netns,module,icmp,comm", true);
	report_run(r, "fuzz", form, &o);
	if (o.tally.complete + o.tally.incomplete + o.tally.not_known >
	    o.families)
		abort();
	summary_print(stderr, &o.tally, &r->notes, false);
	records_free(r);
	fclose(o.file);
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct form *form, *rewrite = form_find("records");
	size_t once, twice;
	char *first, *second;

	for (form = forms; form->name; form++)
		free(print(data, size, form, &once));
	first = print(data, size, rewrite, &once);
	second = print(first, once, rewrite, &twice);
	if (once != twice || memcmp(first, second, once))
		abort();
	free(first);
	free(second);
	return 0;
}
