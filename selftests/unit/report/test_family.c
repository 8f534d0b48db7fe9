// SPDX-License-Identifier: GPL-2.0-only
/* Records grouped by family, when a family has ended, and who is whose child. */
#include "harness.h"
#include "../../../report/path/descent.h"
#include "../../../report/path/families.h"

#include <errno.h>

static unsigned long line;

static struct record *make(enum record_type type, uint64_t packet,
			   uint64_t member, uint64_t number)
{
	struct record *rec = calloc(1, sizeof(*rec));

	rec->type = type;
	rec->packet = (struct number){ true, packet };
	rec->member = (struct number){ member != 0, member };
	rec->ns = (struct number){ true, 1000 + line };
	rec->seq = (struct number){ true, number };
	rec->parent = rec->seq;
	rec->lost = (struct number){ type == RECORD_END, 0 };
	rec->how = type == RECORD_END ? HOW_CONSUMED : HOW_NOT_GIVEN;
	rec->func = "f";
	rec->line = ++line;
	return rec;
}

/* Number: of a step, of the steps at an end, or the parent's at a derivation. */
static struct family *add(struct families *g, enum record_type type,
			  uint64_t packet, uint64_t member, uint64_t number)
{
	struct family *done;

	is_int(families_add(g, make(type, packet, member, number), &done), 0,
	       "a record is taken");
	return done;
}

static void refuses(struct families *g, enum record_type type, uint64_t member)
{
	struct record *rec = make(type, 1, member, 0);
	struct family *done;

	is_int(families_add(g, rec, &done), -EEXIST, "a second one");
	record_free(rec);
}

/* As the report does it, when no more records come. */
static int judge(struct family *f)
{
	family_judge(f);
	return descent_name(f);
}

static void test_one_member(void)
{
	struct families g = { .open = { .count = 0 } };
	struct family *f;

	add(&g, RECORD_SELECT, 5, 0, 0);
	add(&g, RECORD_STEP, 9, 0, 0);
	add(&g, RECORD_STEP, 1, 0, 0);
	add(&g, RECORD_STEP, 5, 0, 0);
	is_int(g.open.count, 3, "three packets at a time");
	is_int(families_at(&g, 0)->packet, 1, "in the order of their numbers");
	is_int(families_at(&g, 2)->packet, 9, "to the last");
	f = add(&g, RECORD_END, 5, 0, 1);
	ok(f && f->packet == 5, "one ends");
	is_int(judge(f), 0, "and is judged");
	is_int(f->state, PATH_COMPLETE, "complete");
	is_int(family_relatives(f), 0, "without relatives");
	is_str(family_selected(f)->line, "5", "its line");
	ok(!f->late, "the first of that number");
	family_free(f);
	is_int(g.open.count, 2, "two are left");
	family_free(add(&g, RECORD_END, 77, 0, 0));
	is_int(g.open.count, 2, "an end alone comes and goes");
	families_free(&g);
}

static void test_last_end(void)
{
	struct families g = { .open = { .count = 0 } };
	struct family *f;

	add(&g, RECORD_SELECT, 1, 0, 0);
	refuses(&g, RECORD_SELECT, 0);
	add(&g, RECORD_DERIVED, 1, 1, 0);
	refuses(&g, RECORD_DERIVED, 1);
	ok(!add(&g, RECORD_END, 1, 0, 1), "the first end is not the last");
	refuses(&g, RECORD_END, 0);
	ok(!add(&g, RECORD_STEP, 1, 0, 0), "a step behind it is taken");
	ok(!add(&g, RECORD_STEP, 1, 2, 0), "a child's step before its birth");
	ok(!add(&g, RECORD_END, 1, 1, 0), "one is under way");
	ok(!add(&g, RECORD_DERIVED, 1, 2, 1), "its birth");
	f = add(&g, RECORD_END, 1, 2, 1);
	ok(f != NULL, "the last end");
	judge(f);
	is_int(f->state, PATH_COMPLETE, "all of it is there");
	is_int(f->members.count, 3, "three members");
	family_free(f);
	families_free(&g);
}

static void test_late(void)
{
	struct families g = { .open = { .count = 0 } };
	struct family *f;

	add(&g, RECORD_SELECT, 1, 0, 0);
	f = add(&g, RECORD_END, 1, 0, 0);
	judge(f);
	families_remember(&g, f);
	family_free(f);
	add(&g, RECORD_DERIVED, 1, 1, 0);
	f = add(&g, RECORD_END, 1, 1, 0);
	ok(f && f->late, "a relative that comes when the packet was printed");
	is_int(f->before, PATH_COMPLETE, "as a whole one");
	judge(f);
	is_int(f->state, PATH_INCOMPLETE, "is not all of the family");
	is_str(family_member(f, 0)->line, "1.?1",
	       "and gets no line that another may have");
	is_str(family_member(f, 0)->parent, "1", "but its parent is known");
	family_free(f);
	f = add(&g, RECORD_END, 1 + FAMILIES_REMEMBERED, 0, 0);
	ok(f && !f->late, "another packet");
	families_remember(&g, f);
	family_free(f);
	f = add(&g, RECORD_END, 1, 1, 0);
	ok(f && !f->late, "what is long ago is forgotten");
	family_free(f);
	families_free(&g);
}

/* Derivations as "CHILD<PARENT …", one digit each, in a family whose packet is 7. */
static struct family *make_family(const char *derivations, bool selected)
{
	struct family *f = family_new(7);
	uint64_t member;

	if (selected)
		family_add(f, make(RECORD_SELECT, 7, 0, 0));
	family_add(f, make(RECORD_END, 7, 0, 0));
	for (; *derivations; derivations += derivations[3] ? 4 : 3) {
		member = derivations[0] - '0';
		family_add(f, make(RECORD_END, 7, member, 0));
		if (derivations[2] != '?')
			family_add(f, make(RECORD_DERIVED, 7, member,
					   derivations[2] - '0'));
	}
	judge(f);
	return f;
}

static void descends(const char *derivations, bool selected, const char *want,
		     enum path_state state, int unseen)
{
	struct family *f = make_family(derivations, selected);
	char text[256], *at = text;
	const struct path *p;
	size_t i;

	*text = '\0';
	for (i = 0; i < f->members.count; i++) {
		p = family_member(f, i);
		at += sprintf(at, "%s%s<%s", i ? " " : "", p->line,
			      p->parent ? p->parent : "");
	}
	is_str(text, want, derivations);
	is_int(f->state, state, "complete or not");
	is_int(f->unseen, unseen, "unseen");
	family_free(f);
}

static void test_descent(void)
{
	descends("", true, "7<", PATH_COMPLETE, 0);
	descends("1<0", true, "7< 7.1<7", PATH_COMPLETE, 0);
	descends("2<0 1<0", true, "7< 7.1<7 7.2<7", PATH_COMPLETE, 0);
	descends("1<0 2<1 3<0 4<2 5<1", true,
		 "7< 7.1<7 7.1.1<7.1 7.2<7 7.1.1.1<7.1.1 7.1.2<7.1",
		 PATH_COMPLETE, 0);
	descends("1<? 2<0 3<1", true, "7< 7.?1< 7.1<7 7.?1.1<7.?1",
		 PATH_INCOMPLETE, 0);
	descends("2<0 3<1", true, "7< 7.1<7 7.?3<7.?1", PATH_INCOMPLETE, 1);
	descends("9<8", true, "7< 7.?9<7.?8", PATH_INCOMPLETE, 8);
	descends("1<0 2<1", false, "7< 7.?1<7 7.?2<7.?1", PATH_INCOMPLETE, 0);
}

static void test_deep(void)
{
	struct family *f = family_new(1);
	uint64_t i;
	size_t longest = 0, len;

	family_add(f, make(RECORD_SELECT, 1, 0, 0));
	for (i = 1; i < 1000; i++)
		family_add(f, make(RECORD_DERIVED, 1, i, i - 1));
	judge(f);
	for (i = 0; i < f->members.count; i++) {
		len = strlen(family_member(f, i)->line);
		longest = len > longest ? len : longest;
	}
	ok(longest > 100 && longest < 200, "a line does not grow for ever");
	is_int(family_start(f).value, family_member(f, 0)->origin->ns.value,
	       "it starts with the selection");
	family_free(f);
}

static void test_lost(void)
{
	struct family *f = family_new(1);

	family_add(f, make(RECORD_SELECT, 1, 0, 0));
	family_add(f, make(RECORD_END, 1, 0, 2));
	family_add(f, make(RECORD_DERIVED, 1, 1, 0));
	family_add(f, make(RECORD_STEP, 1, 1, 3));
	family_add(f, make(RECORD_END, 1, 1, 4));
	judge(f);
	is_int(f->lost.value, 5, "lost steps of all members");
	is_int(f->incomplete, 2, "in two paths");
	is_int(f->state, PATH_INCOMPLETE, "complete or not");
	family_free(f);
}

#define NOT_KNOWN	-1

static struct record *make_end(uint64_t member, int relatives, int lost)
{
	struct record *rec = make(RECORD_END, 1, member, 0);

	rec->member.known = true;
	rec->relatives = (struct number){ relatives != NOT_KNOWN, relatives };
	rec->lost = (struct number){ lost != NOT_KNOWN, lost };
	return rec;
}

/* A packet of which all is recorded, and what the kernel counted at its end. */
static void counts(int relatives, int lost, enum path_state state, int unseen,
		   int all_lost)
{
	struct family *f = family_new(1);

	family_add(f, make(RECORD_SELECT, 1, 0, 0));
	family_add(f, make_end(0, relatives, lost));
	judge(f);
	printf("# kins %d, lost %d\n", relatives, lost);
	is_int(f->state, state, "complete or not");
	is_int(f->unseen, unseen, "unseen");
	is_int(f->lost.known ? (int)f->lost.value : NOT_KNOWN, all_lost,
	       "lost");
	family_free(f);
}

static void test_counts(void)
{
	counts(0, 0, PATH_COMPLETE, 0, 0);
	counts(0, NOT_KNOWN, PATH_COMPLETE, 0, 0);
	counts(NOT_KNOWN, 0, PATH_COMPLETE, 0, 0);
	counts(NOT_KNOWN, NOT_KNOWN, PATH_NOT_KNOWN, 0, 0);
	counts(1, 3, PATH_INCOMPLETE, 1, 3);
	counts(2, NOT_KNOWN, PATH_INCOMPLETE, 2, NOT_KNOWN);
	counts(0, 1, PATH_INCOMPLETE, 0, 1);
	counts(NOT_KNOWN, 1, PATH_INCOMPLETE, 0, 1);
}

/* The first end says what the kernel did not count yet at the second. */
static void test_greatest(void)
{
	struct family *f = family_new(1);

	family_add(f, make(RECORD_SELECT, 1, 0, 0));
	family_add(f, make(RECORD_DERIVED, 1, 1, 0));
	family_add(f, make_end(1, 2, 4));
	family_add(f, make_end(0, 1, NOT_KNOWN));
	ok(!family_is_over(f), "one is counted that has not come");
	family_add(f, make_end(2, 2, 5));
	ok(family_is_over(f), "it has");
	judge(f);
	is_int(f->relatives.value, 2, "the greatest number of relatives");
	is_int(f->lost.value, 5, "and of lost events");
	is_int(f->underived, 1, "a birth is not recorded");
	is_int(f->incomplete, 1, "which makes one path incomplete");
	family_free(f);
}

/* Gaps show more than was counted when the last member ended. */
static void test_more_gaps(void)
{
	struct family *f = family_new(1);

	family_add(f, make(RECORD_STEP, 1, 0, 3));
	family_add(f, make_end(0, 0, 2));
	judge(f);
	is_int(f->gaps, 4, "three steps and the selection");
	is_int(f->lost.value, 4, "are what is lost");
	is_int(f->state, PATH_INCOMPLETE, "complete or not");
	family_free(f);
}

static void test_held(void)
{
	struct families g = { .open = { .count = 0 } };
	struct family *done;

	add(&g, RECORD_SELECT, 1, 0, 0);
	families_add(&g, make_end(0, 1, 2), &done);
	ok(!done, "the kernel has counted one more");
	families_add(&g, make_end(1, 1, 2), &done);
	ok(done != NULL, "it has an end");
	family_free(done);
	families_free(&g);
}

static void test_many(void)
{
	struct families g = { .open = { .count = 0 } };
	struct family *done;
	uint64_t i;
	int wrong = 0;

	for (i = 0; i < 3000; i++)
		families_add(&g, make(RECORD_STEP, i * 7 % 3000, 0, 0), &done);
	is_int(g.open.count, 3000, "3000 packets at a time");
	for (i = 0; i < 3000; i++)
		wrong += families_at(&g, i)->packet != i;
	is_int(wrong, 0, "all in order");
	for (i = 0; i < 3000; i++) {
		families_add(&g, make(RECORD_END, i * 11 % 3000, 0, 1), &done);
		family_free(done);
	}
	is_int(g.open.count, 0, "all ended");
	families_free(&g);
}

int main(void)
{
	tap_plan(117);
	test_one_member();
	test_last_end();
	test_late();
	test_descent();
	test_deep();
	test_lost();
	test_counts();
	test_greatest();
	test_more_gaps();
	test_held();
	test_many();
	return tap_done();
}
