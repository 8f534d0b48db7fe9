// SPDX-License-Identifier: GPL-2.0-only
/* Events in, records out: which record comes when, and when a packet ends. */
#include <stdint.h>
#include <stdlib.h>

#include "../../../loader/tracker.h"
#include "../tap.h"

#define SEC 1000000000ULL

static struct probe probes[] = {
	{ .num = 3, .name = "ip_rcv", .fin = FIN_NO, .how = HOW_KPROBE },
	{ .num = 7, .name = "kfree_skb", .fin = FIN_DROPPED,
	  .how = HOW_TRACEPOINT },
	{ .num = 8, .name = "consume_skb", .fin = FIN_CONSUMED,
	  .how = HOW_TRACEPOINT },
};
static const struct plan plan = { probes, 3 };

static char *text;
static size_t size;
static FILE *out;
static __u32 forgotten;

static int forget(void *ctx, __u32 number, __u32 *steps)
{
	(void)ctx;
	forgotten = number;
	*steps = 9;
	return number == 1 ? 0 : -1;
}

static int missed_known = 1;

/* One each ns; until now are 100. */
static int missed(void *ctx, __u64 ns, __u64 *total)
{
	(void)ctx;
	*total = ns == UINT64_MAX ? 100 : ns;
	return missed_known ? 0 : -1;
}

static const struct tracker_ops ops = { forget, missed, missed };

static struct tracker *begin(void)
{
	out = open_memstream(&text, &size);
	forgotten = 0;
	return tracker_new(&plan, out, &ops, NULL);
}

static void end(struct tracker *tracker)
{
	tracker_free(tracker);
	fclose(out);
	free(text);
}

static void feed(struct tracker *tracker, __u32 packet, __u32 func, __u32 seq,
		 __u64 now)
{
	const struct event event = {
		.ns = now,
		.skb = 0xffff888000001000ULL + packet,
		.packet = packet,
		.func = func,
		.seq = seq,
		.len = 84,
	};

	tracker_event(tracker, &event, now);
}

/* The last line that was written, without its newline. */
static const char *last_line(void)
{
	static char line[256];
	size_t at;

	fflush(out);
	for (at = size - 1; at > 0 && text[at - 1] != '\n'; at--)
		;
	snprintf(line, sizeof(line), "%.*s", (int)(size - 1 - at), text + at);
	return line;
}

static void test_consumed(void)
{
	struct tracker *tracker = begin();

	feed(tracker, 1, FUNC_SELECTED, 0, 10);
	is_str(last_line(), "select\t1\t-\t10\t0\t0xffff888000001001\tingress\t-\t-\t-\t84\t0\t-\t-\t-\t-",
	       "the selection is a record");
	feed(tracker, 1, 3, 0, 20);
	is_str(last_line(), "step\t1\t0\t20\t0\t0xffff888000001001\tip_rcv\t-\t-\t-\t84\t0\t-\t-\t-\t-",
	       "a step is a record with the function's name");
	is_int(tracker_live(tracker), 1, "one packet under way");
	feed(tracker, 1, 8, 1, 30);
	is_str(last_line(), "end\t1\t2\t30\t0\t0xffff888000001001\tconsume_skb\t-\t-\t-\t84\t0\tconsumed\t-\t-\t20",
	       "the last function ends it, with steps and missed probes");
	is_int(tracker_live(tracker), 0, "none under way");
	is_int(tracker_ended(tracker), 1, "one has ended");
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

static void test_finish(void)
{
	struct tracker *tracker = begin();

	feed(tracker, 1, FUNC_SELECTED, 0, 10);
	tracker_finish(tracker);
	is_str(last_line(), "end\t1\t9\t10\t0\t0xffff888000001001\t-\t-\t-\t-\t84\t0\ttimeout\t-\t-\t90",
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

int main(void)
{
	test_consumed();
	test_late_event();
	test_lost_selection();
	test_expire();
	test_finish();
	test_order();
	return tap_done();
}
