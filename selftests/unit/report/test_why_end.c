// SPDX-License-Identifier: GPL-2.0-only
/* What a packet's end means: one with copies elsewhere, one that was consumed. */
#include "why_tables.h"

/* What is said of the selected packet of a family whose relative went so. */
static void is_family_why(const struct data *d, const char *relative,
			  const char *how, const char *want, const char *what)
{
	static const char format[] = HEADER SELECT("1", "10")
		DERIVED("1", "1", "0", "15", "skb_clone")
		"step\t1\t0\t16\t-\t-\t%s\t-\t-\t-\t-\t-\t-\t-\t-\t-\t1\t-\n"
		"step\t1\t1\t17\t-\t-\tqueue\t-\t-\t-\t-\t-\t-\t-\t-\t-\t1\t-\n"
		"end\t1\t2\t18\t-\t-\tx\t-\t-\t-\t-\t-\t%s\t-\t1\t-\n"
		"end\t1\t0\t20\t-\t-\tb\t-\t-\t-\t-\t-\tdropped\t-\tping+0x1"
		"\t-\t0\t-\n";
	char text[2048];
	struct memory m = { text, snprintf(text, sizeof(text), format, relative,
					   how), 4096 };
	struct records *r = records_new(memory_read, &m);
	struct family *f = family_new(1);
	struct record *rec;
	struct why why;

	records_open(r);
	while (records_next(r, &rec) == RECORDS_RECORD)
		family_add(f, rec);
	family_judge(f);
	why_find(&why, d, f, family_selected(f));
	is_str(why.verdict, want, what);
	is_int(why.done, strstr(want, "done") != NULL, "is it no loss?");
	why_free(&why);
	family_free(f);
	records_free(r);
}

static void copies(const struct data *d)
{
	is_family_why(d, "a", "consumed\t-\t-", "done with in ping: a copy",
		      "a socket has got a copy");
	is_family_why(d, "a", "dropped\t-\t-", "dropped in ping: no copy",
		      "a copy was dropped in its queue");
	is_family_why(d, "a", "dropped\t-\tread+0x1",
		      "done with in ping: a copy",
		      "a copy was dropped by what has read it");
	is_family_why(d, "tap", "consumed\t-\t-", "dropped in ping: no copy",
		      "a capture has got a copy");
}

/* A path through a and last, freed by func at location, of so many bytes. */
#define FREED(last, func, location, len) \
	SELECT("1", "10") \
	STEP("1", "0", "20", "a") \
	STEP("1", "1", "30", last) \
	STEP("1", "2", "40", func) \
	"end\t1\t3\t40\t-\t-\t" func "\te0\t-\t-\t" len "\t-\tconsumed\t-\t" \
	location "\t-\t0\t-\n"

/* What is said of a packet that was consumed, and how it is shown. */
static void is_end(const struct data *data, const char *records,
		   const char *want, enum end_how looks, const char *what)
{
	struct memory m = { records, strlen(records), 4096 };
	struct records *r = records_new(memory_read, &m);
	struct path *p = read_path(r);
	struct why why;

	is_int(why_find(&why, data, NULL, p), 0, what);
	is_str(why.what, want, "what became of it");
	is_int(why_looks(&why, p), looks, "how it is shown");
	why_free(&why);
	path_free(p);
	records_free(r);
}

static void ends(const struct data *d)
{
	is_end(d, HEADER FREED("queue", "free", "-", "9"), "delivered",
	       HOW_CONSUMED, "a socket");
	is_end(d, HEADER FREED("queue", "free", "tap+0x9", "9"), "ends in tap",
	       HOW_UNKNOWN, "a socket's queue, but a capture reads it");
	is_end(d, HEADER FREED("b", "free", "worker+0x9", "9"),
	       "given up in worker", HOW_DROPPED, "where it was freed");
	is_end(d, HEADER FREED("a.isra.0", "free", "-", "9"),
	       "given up, last in a.isra.0", HOW_DROPPED,
	       "the last function alone");
	is_end(d, HEADER FREED("a", "free", "-", "0"), "empty",
	       HOW_CONSUMED, "a length");
	is_end(d, HEADER FREED("b", "free", "c.part.0+0x9", "9"), "ends in c",
	       HOW_UNKNOWN, "a place that no entry knows");
	is_end(d, HEADER FREED("b", "free", "free_for+0x9", "9"),
	       "ends, last in b", HOW_UNKNOWN, "one that frees for others");
	is_end(d, HEADER SELECT("1", "10") STEP("1", "0", "20", "a")
	       "end\t1\t3\t40\t-\t-\tfree\te0\t-\t-\t9\t-\tconsumed\t-\t-\t-\t0\t-\n",
	       "ends", HOW_UNKNOWN, "steps are missing before the end");
	is_end(d, HEADER FREED("b", "mine", "-", "9"), NULL, HOW_CONSUMED,
	       "a function that does not free");
	is_end(NULL, HEADER FREED("b", "free", "-", "9"), NULL, HOW_CONSUMED,
	       "no tables");
}

int main(void)
{
	struct data d = make_data();

	tap_plan(38);
	copies(&d);
	ends(&d);
	data_free(&d);
	return tap_done();
}
