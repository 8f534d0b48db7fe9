// SPDX-License-Identifier: GPL-2.0-only
/* Packets with relatives: whose event it is, and when the family ends. */
#include "tracker_feed.h"

/* A packet and its clones are one family: it ends with its last member. */
static void test_family(void)
{
	struct tracker *tracker = begin();

	feed(tracker, 1, FUNC_SELECTED, 0, 10);
	feed_member(tracker, 1, 1, FUNC_DERIVED, 0, 20);
	is_str(last_line(), "born\t1\t-\t20\t0\t0xffff888000001001\t__copy_skb_header\t-\t-\t-\t84\t0\t-\t-\t-\t-\t1\t0\t-\t-\t-" NOTHING,
	       "a birth is a record with copy site and parent");
	feed_member(tracker, 1, 2, FUNC_DERIVED, 1, 30);
	ok(strstr(last_line(), "\t2\t1\t-") != NULL, "a clone's clone, too");
	feed(tracker, 1, 8, 0, 40);
	ok(strstr(last_line(), "\tconsumed\t-\t-\t30\t0\t-") != NULL,
	   "the first one ends");
	is_int(tracker_live(tracker), 1, "... and its family lives on");
	feed(tracker, 1, 3, 1, 45);
	ok(strncmp(last_line(), "end\t", 4) == 0, "... with nothing behind its end");
	feed_member(tracker, 1, 2, 3, 0, 50);
	ok(strstr(last_line(), "step\t1\t0\t50\t") && strstr(last_line(), "\t2\t-\t-"),
	   "each has steps of its own");
	feed_member(tracker, 1, 2, 7, 1, 60);
	feed_member(tracker, 1, 1, 8, 0, 70);
	ok(strstr(last_line(), "end\t1\t1\t70\t") != NULL, "the last one ends");
	is_int(tracker_live(tracker), 0, "... and with it the family");
	is_int(tracker_ended(tracker), 1, "... which counts once");
	is_int(disbanded, 0, "... the kernel knows that by itself");
	feed_member(tracker, 1, 3, 3, 0, 80);
	is_int(tracker_live(tracker), 0, "and nothing comes after that");
	end(tracker);
}

/* The kernel copies a fragment's header from the fragment before it; @by does so. */
static void test_fragments(uint32_t by)
{
	struct tracker *tracker = begin();

	feed(tracker, 1, FUNC_SELECTED, 0, 10);
	feed_member(tracker, 1, 1, FUNC_DERIVED, 0, 20);
	copy_site = by;
	feed_member(tracker, 1, 2, FUNC_DERIVED, 1, 30);
	ok(strstr(last_line(), "\t2\t1\t-") != NULL, "a clone is sent in fragments");
	feed_member(tracker, 1, 3, FUNC_DERIVED, 2, 40);
	ok(strstr(last_line(), "\t3\t1") != NULL, "... that are all its own");
	copy_site = 9;
	feed_member(tracker, 1, 4, FUNC_DERIVED, 3, 50);
	ok(strstr(last_line(), "\t4\t3") != NULL, "a fragment's clone is not");
	end(tracker);
}

static void test_family_expires(void)
{
	struct tracker *tracker = begin();

	feed(tracker, 1, FUNC_SELECTED, 0, SEC);
	feed_member(tracker, 1, 1, FUNC_DERIVED, 0, 2 * SEC);
	feed(tracker, 1, 3, 0, 9 * SEC);
	tracker_expire(tracker, 9 * SEC);
	is_int(forgotten_member, 1, "a clone alone expires");
	ok(strstr(last_line(), "end\t1\t9\t") && strstr(last_line(), "\t-\t") &&
		   strstr(last_line(), "\tunknown\t"),
	   "... as unknown, with the steps that the kernel counted");
	is_int(tracker_live(tracker), 1, "... and not its family");
	feed(tracker, 1, 8, 1, 10 * SEC);
	is_int(tracker_live(tracker), 0, "that ends later");
	is_int(disbanded, 1, "... and the kernel is told so");
	end(tracker);
}

/* Events find no room: the kernel's counts tell what there was. */
static void test_lost(void)
{
	struct tracker *tracker = begin();

	feed(tracker, 1, FUNC_SELECTED, 0, 10);
	derived = 2;
	lost = 1;
	feed(tracker, 1, 8, 0, 20);
	ok(strstr(last_line(), "\t0\t-\t2\t1\t-") != NULL,
	   "an end tells the relatives and the lost events until then");
	is_int(tracker_live(tracker), 1, "a family waits for births that were lost");
	feed_member(tracker, 1, 2, 8, 0, 30);
	is_int(tracker_live(tracker), 1, "... of each relative");
	derived = lost = NO_COUNT;
	known = (struct family_counts){ .derived = 2, .lost = 3 };
	family_known = 1;
	tracker_over(tracker, 1);
	ok(strstr(last_line(), "unknown\t-\t-\t") &&
		   strstr(last_line(), "\t1\t-\t2\t3\t-"),
	   "that the kernel has no more, one ends as unknown");
	is_int(tracker_live(tracker), 0, "... and the family with it");
	is_int(disbanded, 1, "... which the kernel can forget");
	tracker_over(tracker, 7);
	ok(strncmp(last_line(), "end\t7\t-\t0\t0\t-\t-\t", 15) == 0 &&
		   disbanded == 7,
	   "of a family may be known that it was there, and no more");
	is_int(tracker_ended(tracker), 2, "... which counts");
	tracker_meet(tracker, 9, 40);
	tracker_expire(tracker, 39 + TRACKER_IDLE_NS);
	is_int(tracker_live(tracker), 1,
	       "one that the kernel alone knows is waited for, too");
	tracker_expire(tracker, 40 + TRACKER_IDLE_NS);
	is_int(tracker_live(tracker), 0, "... and given up");
	is_int(forgotten, 9, "... also by the kernel");
	tracker_meet(tracker, 9, 50);
	is_int(tracker_live(tracker), 0, "... for good");
	end(tracker);
}

int main(void)
{
	tap_plan(37);
	test_family();
	test_fragments(10);
	test_fragments(11);
	test_fragments(12);
	test_family_expires();
	test_lost();
	return tap_done();
}
