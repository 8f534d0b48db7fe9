// SPDX-License-Identifier: GPL-2.0-only
/* Pieces of output in the order of time, and packets of a file by it. */
#include "harness.h"
#include "../../../report/format/ordered.h"

static void add(struct ordered *o, uint64_t ns, const char *text)
{
	ordered_add(o, ns, strdup(text), strlen(text));
}

static void is_written(struct ordered *o, uint64_t before, const char *want,
		       const char *what)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	ordered_write(o, out, before);
	fclose(out);
	is_str(text, want, what);
	free(text);
}

static void few(void)
{
	struct ordered o = { .count = 0 };

	is_written(&o, UINT64_MAX, "", "nothing");
	add(&o, 30, "c");
	add(&o, 10, "a");
	add(&o, 20, "b");
	add(&o, 10, "A");
	is_written(&o, 10, "", "none is from before");
	is_written(&o, 20, "aA", "of the same time, as they came");
	add(&o, 25, "x");
	add(&o, 5, "late");
	is_written(&o, UINT64_MAX, "latebxc", "the rest");
	add(&o, 1, "kept");
	ordered_free(&o);
	is_int(o.count, 0, "given back");
}

static void many(void)
{
	struct ordered o = { .count = 0 };
	char want[3 * 997 + 1], piece[4], *at = want;
	unsigned int i;

	for (i = 0; i < 997; i++) {
		/* 997 is a prime: each number once */
		snprintf(piece, sizeof(piece), "%03u", i * 31 % 997);
		add(&o, i * 31 % 997, piece);
		at += snprintf(at, 4, "%03u", i);
	}
	is_written(&o, UINT64_MAX, want, "a thousand");
	ordered_free(&o);
}

/* A family of one packet at time ns that ends at time stop. */
#define FLOW(packet, ns) \
	"select\t" packet "\t-\t" ns "\t0\t0x1\tingress\te0\t1\t7\t1\t0\t-\t-\t-" \
	"\t1\t00\n"
#define OVER(packet, ns) \
	"end\t" packet "\t0\t" ns "\t0\t0x1\tf\te0\t1\t7\t1\t0\tconsumed\t-\t-" \
	"\t1\t-\n"

/* The packets in the order of the file, by their comments. */
static void is_order(const char *records, bool live, const char *want,
		     const char *what)
{
	struct memory m = { records, strlen(records), 4096 };
	struct records *r = records_new(memory_read, &m);
	char *text = NULL, order[64] = "", *at = order;
	struct output o = { .live = live };
	size_t i, size;

	o.file = open_memstream(&text, &size);
	report_run(r, "memory", form_find("pcapng"), &o);
	fclose(o.file);
	for (i = 0; i + 16 < size; i++)
		if (!strncmp(text + i, "packet ", 7) &&
		    strstr(text + i, " selected"))
			at += sprintf(at, "%c", text[i + 7]);
	is_str(order, want, what);
	records_free(r);
	free(text);
}

static void files(void)
{
	static const char records[] = OLD_COLUMNS "\tlink\tbytes\n"
		FLOW("1", "10") FLOW("2", "20") OVER("2", "25")
		FLOW("3", "30") OVER("3", "35") OVER("1", "40")
		FLOW("4", "50") OVER("4", "55");
	static const char rewritten[] = OLD_COLUMNS "\tlink\tbytes\n"
		FLOW("2", "20") OVER("2", "25") FLOW("1", "10") OVER("1", "40");

	is_order(records, true, "1234", "families that end later, during a run");
	is_order(records, false, "1234", "the same in a file");
	is_order(rewritten, false, "12", "a file in the order of the ends");
}

int main(void)
{
	tap_plan(9);
	few();
	many();
	files();
	return tap_done();
}
