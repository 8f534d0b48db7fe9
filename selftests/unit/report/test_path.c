// SPDX-License-Identifier: GPL-2.0-only
/* The records of one packet sorted, and what is missing found. */
#include "harness.h"

#define UNKNOWN	UINT64_MAX

static unsigned long line;

static struct record *make(enum record_type type, uint64_t packet,
			   uint64_t seq, uint64_t ns)
{
	struct record *rec = calloc(1, sizeof(*rec));

	rec->type = type;
	rec->packet = (struct number){ true, packet };
	rec->seq = (struct number){ seq != UNKNOWN, seq };
	rec->ns = (struct number){ ns != UNKNOWN, ns };
	rec->how = type == RECORD_END ? HOW_CONSUMED : HOW_NOT_GIVEN;
	rec->func = "f";
	rec->line = ++line;
	return rec;
}

/*
 * The path of a selected packet whose steps have these numbers, in this order,
 * "-" for an unknown one, and whose end says total: "?" for none, "" for no end.
 */
static struct path *make_path(const char *seqs, const char *total)
{
	struct path *p = calloc(1, sizeof(*p));
	uint64_t seq;

	path_add(p, make(RECORD_SELECT, 1, UNKNOWN, 0));
	for (; *seqs; seqs++) {
		if (*seqs == ' ')
			continue;
		seq = *seqs == '-' ? UNKNOWN : (uint64_t)(*seqs - '0');
		path_add(p, make(RECORD_STEP, 1, seq, 1000 - line));
	}
	if (*total) {
		seq = *total == '?' ? UNKNOWN : (uint64_t)atoi(total);
		path_add(p, make(RECORD_END, 1, seq, 2000));
	}
	path_judge(p);
	return p;
}

/* Writes the path as "0 1 <2> 4": the numbers, and the gaps in brackets. */
static void describe(const struct path *p, char *text)
{
	size_t i;

	*text = '\0';
	for (i = 0; i <= p->count; i++) {
		if (path_gap(p, i))
			text += sprintf(text, "<%d>", (int)path_gap(p, i));
		if (i < p->count && p->steps[i]->seq.known)
			text += sprintf(text, "%d%s",
					(int)p->steps[i]->seq.value,
					path_is_twice(p, i) ? "again" : "");
		else if (i < p->count)
			text += sprintf(text, "-");
	}
}

static void judges(const char *seqs, const char *total, const char *want,
		   enum path_state state, int lost)
{
	struct path *p = make_path(seqs, total);
	char text[256];

	describe(p, text);
	printf("# steps '%s', end says '%s'\n", seqs, total);
	is_str(text, want, "order and gaps");
	is_int(p->state, state, "complete or not");
	is_int(p->lost.known ? (int)p->lost.value : -1, lost, "lost");
	path_free(p);
}

static void test_judge(void)
{
	judges("0123", "4", "0123", PATH_COMPLETE, 0);
	judges("3120", "4", "0123", PATH_COMPLETE, 0);
	judges("", "0", "", PATH_COMPLETE, 0);
	judges("", "3", "<3>", PATH_INCOMPLETE, 3);
	judges("23", "4", "<2>23", PATH_INCOMPLETE, 2);
	judges("014", "5", "01<2>4", PATH_INCOMPLETE, 2);
	judges("01", "4", "01<2>", PATH_INCOMPLETE, 2);
	judges("742", "9", "<2>2<1>4<2>7<1>", PATH_INCOMPLETE, 6);
	judges("0121", "3", "011again2", PATH_INCOMPLETE, 0);
	judges("0111", "3", "011again1again<1>", PATH_INCOMPLETE, 1);
	judges("00", "1", "00again", PATH_INCOMPLETE, 0);
	judges("012", "2", "012", PATH_INCOMPLETE, 0);
	judges("02", "1", "0<1>2", PATH_INCOMPLETE, 1);
}

static void test_judge_without_numbers(void)
{
	judges("012", "?", "012", PATH_COMPLETE, 0);
	judges("02", "?", "0<1>2", PATH_INCOMPLETE, 1);
	judges("012", "", "012", PATH_INCOMPLETE, 0);
	judges("13", "", "<1>1<1>3", PATH_INCOMPLETE, 2);
	judges("--", "2", "--", PATH_COMPLETE, 0);
	judges("--", "3", "--<1>", PATH_INCOMPLETE, 1);
	judges("--", "1", "--", PATH_INCOMPLETE, 0);
	judges("--", "?", "--", PATH_NOT_KNOWN, -1);
	judges("--", "", "--", PATH_INCOMPLETE, -1);
	judges("", "?", "", PATH_COMPLETE, 0);
}

static void test_unborn(void)
{
	struct path *p = make_path("01", "2");

	is_int(p->state, PATH_COMPLETE, "selected");
	record_free(p->origin);
	p->origin = NULL;
	path_judge(p);
	is_int(p->state, PATH_INCOMPLETE, "its selection is not recorded");
	is_int(p->lost.value, 0, "but all its steps are");
	path_free(p);
}

/* The state of a path of step 0, or "-", whose end counts these misses. */
static enum path_state state_missed(const char *seq, uint64_t missed)
{
	struct path *p = make_path(seq, "?");
	enum path_state state;

	ok(!path_missed(p).known, "nobody counted the misses");
	p->end->missed = (struct number){ true, missed };
	path_judge(p);
	is_int(path_missed(p).value, missed, "misses");
	state = p->state;
	path_free(p);
	return state;
}

static void test_missed(void)
{
	struct path *p = make_path("0", "");

	ok(!path_missed(p).known, "no end: misses are not known");
	path_free(p);
	is_int(state_missed("0", 0), PATH_COMPLETE, "no probe was missed");
	is_int(state_missed("0", 1), PATH_INCOMPLETE, "one was");
	is_int(state_missed("-", 0), PATH_NOT_KNOWN, "no numbers, none");
	is_int(state_missed("-", 1), PATH_INCOMPLETE, "no numbers, one");
}

/* The state of a path of step 0 that ended so, and whose end says total. */
static enum path_state state_of(const char *seq, const char *total,
				enum end_how how)
{
	struct path *p = make_path(seq, total);
	enum path_state state;

	p->end->how = how;
	path_judge(p);
	state = p->state;
	path_free(p);
	return state;
}

static void test_uncounted(void)
{
	is_int(state_of("0", "1", HOW_UNKNOWN), PATH_COMPLETE,
	       "end not seen, the kernel counted");
	is_int(state_of("0", "?", HOW_UNKNOWN), PATH_INCOMPLETE,
	       "end not seen, but the kernel has forgotten it");
	is_int(state_of("0", "?", HOW_TIMEOUT), PATH_INCOMPLETE,
	       "the same when the run ended");
	is_int(state_of("", "?", HOW_UNKNOWN), PATH_INCOMPLETE,
	       "the same without steps");
	is_int(state_of("0", "?", HOW_CONSUMED), PATH_COMPLETE, "end seen");
	is_int(state_of("-", "?", HOW_UNKNOWN), PATH_NOT_KNOWN, "no numbers");
}

static void test_order(void)
{
	struct path *p = make_path("- - -", "?");

	ok(p->steps[0]->ns.value < p->steps[1]->ns.value &&
	   p->steps[1]->ns.value < p->steps[2]->ns.value,
	   "without numbers time orders the steps");
	path_free(p);

	p = calloc(1, sizeof(*p));
	path_add(p, make(RECORD_STEP, 1, UNKNOWN, 7));
	path_add(p, make(RECORD_STEP, 1, UNKNOWN, 7));
	path_add(p, make(RECORD_STEP, 1, UNKNOWN, 7));
	path_judge(p);
	ok(p->steps[0]->line < p->steps[1]->line &&
	   p->steps[1]->line < p->steps[2]->line,
	   "and at the same time the order in which they came");
	path_free(p);
}

static void test_large(void)
{
	struct path *p = calloc(1, sizeof(*p));

	path_add(p, make(RECORD_STEP, 1, UINT32_MAX, 1));
	path_add(p, make(RECORD_END, 1, UINT32_MAX, 2));
	path_judge(p);
	is_int(p->lost.value, UINT32_MAX, "a gap of 2^32 - 1");
	ok(p->surplus, "the end counts one too few");
	path_free(p);
}

static void test_times(void)
{
	struct path *p = calloc(1, sizeof(*p));

	path_judge(p);
	is_int(path_how(p), HOW_UNKNOWN, "no record: its end is not known");
	ok(!path_start(p).known, "no record: no start");
	ok(!path_stop(p).known, "and no stop");
	path_add(p, make(RECORD_STEP, 1, 0, 20));
	is_int(path_start(p).value, 20, "a step: start");
	is_int(path_stop(p).value, 20, "and stop");
	path_add(p, make(RECORD_SELECT, 1, UNKNOWN, 10));
	is_int(path_start(p).value, 10, "the selection is the start");
	is_int(path_how(p), HOW_TIMEOUT, "no end: as if time was out");
	path_add(p, make(RECORD_END, 1, 1, 30));
	is_int(path_stop(p).value, 30, "the end is the stop");
	p->end->how = HOW_TIMEOUT;
	is_int(path_stop(p).value, 20, "unless it is not the packet's");
	path_free(p);
}

int main(void)
{
	tap_plan(104);
	test_judge();
	test_judge_without_numbers();
	test_unborn();
	test_missed();
	test_uncounted();
	test_order();
	test_large();
	test_times();
	return tap_done();
}
