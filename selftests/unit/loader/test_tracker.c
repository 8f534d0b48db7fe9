// SPDX-License-Identifier: GPL-2.0-only
/* Events in, records out: which record comes when, and when a packet ends. */
#include "tracker_feed.h"

/* It is no step: it has no number, and does not end the packet. */
static void test_callee(void)
{
	struct tracker *tracker = begin();

	feed(tracker, 1, FUNC_SELECTED, 0, 10);
	feed(tracker, 1, FUNC_CALLEE | 3, 0, 15);
	is_str(last_line(), "aside\t1\t-\t15\t0\t0xffff888000001001\tip_rcv\t-\t-\t-\t84\t0\t-\t-\t-\t-\t0\t-\t-\t-\t-" IN_VMLINUX,
	       "a function without a packet is a record of its own");
	feed(tracker, 1, FUNC_CALLEE | 8, 0, 16);
	is_int(tracker_live(tracker), 1, "... and ends none");
	feed(tracker, 1, 8, 0, 20);
	is_int(tracker_live(tracker), 0, "... as a step does");
	end(tracker);
}

static void feed_bytes(struct tracker *tracker, uint32_t func, uint16_t len)
{
	struct {
		struct event event;
		struct capture capture;
		uint8_t bytes[4];
	} came = {
		.event = { .ns = 10, .packet = 1, .func = func,
			   .ident = NO_IDENT },
		.capture = { .link_type = 101, .len = len, .size = 60 },
		.bytes = { 0x45, 0, 0xff, 0x1a },
	};

	tracker_event(tracker, &came.event, 10);
}

static void test_bytes(void)
{
	struct tracker *tracker = begin();

	tracker_expect_bytes(tracker, 4);
	feed_bytes(tracker, FUNC_SELECTED, 4);
	is_int(!!strstr(last_line(), "\t101\t4500ff1a+56\t"), 1,
	       "the packet's bytes, and how many there are more");
	feed_bytes(tracker, 3, 0);
	is_int(!!strstr(last_line(), "\tvmlinux\t-\t-\t-\t-\t-"), 1,
	       "a step without bytes");
	feed_bytes(tracker, FUNC_DERIVED, 4);
	is_int(!strstr(last_line(), "4500ff1a"), 1, "nothing follows a birth");
	end(tracker);
}

static void feed_stack(struct tracker *tracker, uint32_t func, size_t bytes)
{
	struct {
		struct event event;
		char behind[sizeof(struct capture) + 8 + sizeof(struct kernel_stack)];
	} came = { .event = { .ns = 10, .packet = 1, .func = func,
			      .ident = NO_IDENT } };
	const struct kernel_stack stack = { .count = 2, .frames = { 0x1234, 0x77 } };
	size_t at = bytes ? sizeof(struct capture) + 8 : 0;

	memcpy(came.behind + at, &stack, sizeof(stack));
	tracker_event(tracker, &came.event, 10);
}

static bool has_stack(void)
{
	return strstr(last_line(), "0x1234 0x77");
}

static void test_stack(void)
{
	struct tracker *tracker = begin();

	tracker_expect_stacks(tracker, STACKS_ALL, STACK_FRAMES);
	feed_stack(tracker, FUNC_SELECTED, 0);
	ok(!has_stack(), "all stacks: none of a selection");
	feed_stack(tracker, 3, 0);
	ok(has_stack(), "... of a step");
	tracker_expect_bytes(tracker, 5);
	feed_stack(tracker, 3, 5);
	ok(has_stack(), "... behind the packet's bytes, at a multiple of 8");
	feed_stack(tracker, FUNC_CALLEE | 3, 5);
	ok(!has_stack(), "... none of a callee");
	tracker_expect_stacks(tracker, STACKS_END, STACK_FRAMES);
	feed_stack(tracker, 3, 5);
	ok(!has_stack(), "stacks of ends: none of another step");
	feed_stack(tracker, 7, 5);
	fflush(out);
	ok(strstr(text, "kfree_skb") && strstr(strstr(text, "kfree_skb"), "0x1234 0x77"),
	   "... of the last one");
	end(tracker);
}

/* The memory of a packet is free, and has been written to. */
static void test_free(void)
{
	struct {
		struct event event;
		struct capture capture;
		uint8_t bytes[4];
	} came = {
		.event = { .ns = 10, .skb = 16, .packet = 1, .ident = NO_IDENT, .len = 84,
			   .mark = 7,
			   .flow = { .version = 4, .proto = 6, .sport = 80 } },
		.capture = { .link_type = 101, .size = 60 },
		.bytes = { 0x45, 0, 0xff, 0x1a },
	};
	struct tracker *tracker = begin();

	tracker_expect_bytes(tracker, 4);
	tracker_event(tracker, &came.event, 10);
	came.event = (struct event){ .ns = 20, .skb = 16, .packet = 1, .func = 13,
				     .ident = 77, .len = 533263782, .mark = 1 };
	came.capture.len = 4;
	tracker_event(tracker, &came.event, 20);
	is_int(tracker_live(tracker), 0, "free memory: the packet's end");
	fflush(out);
	is_int(!strstr(text, "533263782") && !strstr(text, "4500ff1a"), 1,
	       "... it tells nothing of the packet");
	is_int(!!strstr(text, "\tkmem_cache_free\t-\t-\t-\t84\t7\t") &&
	       !!strstr(last_line(), "\ttcp\t"), 1,
	       "... which is what it was last");
	end(tracker);
}

static void test_consumed(void)
{
	struct tracker *tracker = begin();

	feed(tracker, 1, FUNC_SELECTED, 0, 10);
	is_str(last_line(), "select\t1\t-\t10\t0\t0xffff888000001001\tingress\t-\t-\t-\t84\t0\t-\t-\t-\t-\t0\t-\t-\t-\t-" NOTHING,
	       "the selection is a record");
	feed(tracker, 1, 3, 0, 20);
	is_str(last_line(), "step\t1\t0\t20\t0\t0xffff888000001001\tip_rcv\t-\t-\t-\t84\t0\t-\t-\t-\t-\t0\t-\t-\t-\t-" IN_VMLINUX,
	       "a step is a record with the function's name");
	is_int(tracker_live(tracker), 1, "one packet under way");
	feed(tracker, 1, 8, 1, 30);
	is_str(last_line(), "end\t1\t2\t30\t0\t0xffff888000001001\tconsume_skb\t-\t-\t-\t84\t0\tconsumed\t-\t-\t20\t0\t-\t-\t-\t-" IN_VMLINUX,
	       "the last function ends it, with steps and missed probes");
	is_int(tracker_live(tracker), 0, "none under way");
	is_int(tracker_ended(tracker), 1, "one has ended");
	end(tracker);
}

/* Not all kernels tell who had it freed. */
static void test_freed_in(void)
{
	struct tracker *tracker = begin();
	const struct event event = {
		.ns = 20, .packet = 1, .func = 8, .location = 0x3003,
	};

	feed(tracker, 1, FUNC_SELECTED, 0, 10);
	tracker_event(tracker, &event, 1);
	ok(strstr(last_line(), "\tconsumed\t-\t0x3003\t") != NULL,
	   "where it was consumed");
	end(tracker);
}

static void test_late_event(void)
{
	struct tracker *tracker = begin();

	feed(tracker, 1, FUNC_SELECTED, 0, 10);
	feed(tracker, 1, 7, 0, 20);
	feed(tracker, 1, 3, 1, 30);
	is_int(tracker_live(tracker), 0, "an event after the end starts nothing");
	is_int(tracker_ended(tracker), 1, "… and ends nothing");
	end(tracker);
}

static void test_lost_selection(void)
{
	struct tracker *tracker = begin();

	feed(tracker, 5, 3, 4, 10);
	is_int(tracker_live(tracker), 1, "steps alone make a packet known");
	feed(tracker, 5, 8, 5, 20);
	ok(strstr(last_line(), "end\t5\t6\t") != NULL,
	   "its end counts the steps that were lost, too");
	end(tracker);
}

static void test_expire(void)
{
	struct tracker *tracker = begin();

	feed(tracker, 1, FUNC_SELECTED, 0, SEC);
	feed(tracker, 2, FUNC_SELECTED, 0, 3 * SEC);
	feed(tracker, 1, 3, 0, SEC);
	tracker_expire(tracker, 5 * SEC);
	is_int(tracker_live(tracker), 2, "nothing expires too soon");
	tracker_expire(tracker, 7 * SEC);
	is_int(tracker_live(tracker), 1, "the idle packet has expired");
	is_int(forgotten, 1, "the kernel is told to forget it");
	ok(strstr(last_line(), "end\t1\t9\t") != NULL,
	   "the end says how many steps the kernel counted");
	ok(strstr(last_line(), "\tip_rcv\t") && strstr(last_line(), "\tunknown\t"),
	   "it ended as unknown, last seen at ip_rcv");
	end(tracker);
}

static void feed_proto(struct tracker *tracker, uint32_t packet, uint32_t seq,
		       uint8_t proto)
{
	const struct event event = {
		.ns = 10 + seq,
		.packet = packet,
		.func = 7,
		.seq = seq,
		.ident = NO_IDENT,
		.flow = { .version = 4, .proto = proto },
	};
	struct event first = event;

	first.func = FUNC_SELECTED;
	tracker_event(tracker, seq ? &event : &first, 10 + seq);
}

/* How packets end whose protocol is another one at the next step. */
static void ends_by(const struct plan *of, uint8_t before, uint8_t now,
		    const char *how, const char *what)
{
	struct tracker *tracker;

	out = open_memstream(&text, &size);
	forgotten = 0;
	tracker = tracker_new(of, out, &ops, NULL);
	feed_proto(tracker, 2, 0, before);
	feed_proto(tracker, 2, 1, now);
	ok(strstr(last_line(), how) && !strncmp(last_line(), "end\t", 4), what);
	is_int(forgotten, *how == 'u' ? 2 : 0, "... the kernel forgets a stranger");
	end(tracker);
}

static void test_strangers(void)
{
	ends_by(&hops, 6, 1, "unknown", "TCP does not become ICMP");
	ends_by(&hops, 58, 6, "unknown", "nor ICMPv6 TCP");
	ends_by(&hops, 6, 17, "dropped", "UDP may carry it");
	ends_by(&hops, 47, 6, "dropped", "GRE has carried it");
	ends_by(&hops, 1, 58, "dropped", "NAT between versions");
	ends_by(&hops, 6, 0, "dropped", "it is not known");
	ends_by(&hops, 0, 6, "dropped", "it was not known");
	ends_by(&plan, 6, 1, "dropped", "where functions are probed, all ends are seen");
}

static void test_finish(void)
{
	struct tracker *tracker = begin();

	feed(tracker, 1, FUNC_SELECTED, 0, 10);
	tracker_finish(tracker);
	is_str(last_line(), "end\t1\t9\t10\t0\t0xffff888000001001\t-\t-\t-\t-\t84\t0\ttimeout\t-\t-\t90\t0\t-\t-\t-\t-" NOTHING,
	       "what is under way at the end of the run ends as timeout");
	end(tracker);
}

/* Reading CPU by CPU, an earlier step may come after a later one. */
static void test_order(void)
{
	struct tracker *tracker = begin();

	feed(tracker, 2, FUNC_SELECTED, 0, 10);
	feed(tracker, 2, 3, 6, 40);
	feed(tracker, 2, 3, 2, 20);
	tracker_finish(tracker);
	ok(strstr(last_line(), "end\t2\t-\t") != NULL,
	   "a count that is not known is not invented");
	ok(strstr(last_line(), "\t40\t") != NULL,
	   "the end is told of the step with the highest number");
	end(tracker);
}

/* Functions return after the packet's end; that is what its record waits for. */
static void test_returns(void)
{
	const struct event ret = { .ns = 35, .value = 7, .packet = 1,
				   .func = 3 | FUNC_RETURN, .ident = NO_IDENT };
	struct event other = ret;
	struct tracker *tracker = begin();

	other.packet = 2;
	tracker_returns(tracker, 3);
	feed(tracker, 1, FUNC_SELECTED, 0, 10);
	feed(tracker, 1, 3, 0, 20);
	feed(tracker, 1, 8, 1, 30);
	ok(!strncmp(last_line(), "step\t1\t1\t30\t", 12), "no end before a return");
	is_int(tracker_live(tracker), 1, "... and the packet is not over");
	tracker_event(tracker, &other, 35);
	is_int(tracker_live(tracker), 1, "a return of nobody is none");
	tracker_event(tracker, &ret, 35);
	ok(!strncmp(last_line(), "end\t1\t2\t30\t", 11), "the return brings the end");
	ok(strstr(text, "\nreturn\t1\t-\t35\t0\t-\tip_rcv\t") != NULL,
	   "... behind the return's record");
	ok(strstr(text, "\t3:7\t") != NULL, "... which has the result");
	is_int(tracker_ended(tracker), 1, "now it is over");
	end(tracker);
}

/* What never returns is not waited for. */
static void test_no_return(void)
{
	struct tracker *tracker = begin();

	tracker_returns(tracker, 3);
	feed(tracker, 1, FUNC_SELECTED, 0, 10);
	feed(tracker, 1, 3, 0, 20);
	feed(tracker, 1, 8, 1, 30);
	tracker_expire(tracker, SEC / 2);
	is_int(tracker_ended(tracker), 0, "half a second is no reason");
	tracker_expire(tracker, SEC + 29);
	is_int(tracker_ended(tracker), 0, "nor is a second less one ns");
	tracker_expire(tracker, SEC + 30);
	is_int(tracker_ended(tracker), 1, "a second is");
	ok(!strncmp(last_line(), "end\t1\t2\t30\t", 11), "... and the end is as it was");
	feed(tracker, 2, FUNC_SELECTED, 0, 10);
	feed(tracker, 2, 3, 0, 20);
	feed(tracker, 2, 8, 1, 30);
	tracker_finish(tracker);
	is_int(tracker_ended(tracker), 2, "nor is it at the end of the run");
	end(tracker);
}

int main(void)
{
	tap_plan(62);
	test_consumed();
	test_free();
	test_freed_in();
	test_callee();
	test_bytes();
	test_stack();
	test_late_event();
	test_lost_selection();
	test_expire();
	test_strangers();
	test_finish();
	test_order();
	test_returns();
	test_no_return();
	return tap_done();
}
