// SPDX-License-Identifier: GPL-2.0-only
/* Events in, records out: which record comes when, and when a packet ends. */
#include <stdint.h>
#include <stdlib.h>

#include "../../../loader/trace/tracker.h"
#include "../tap.h"

/* The columns behind id; of functions the module is known. */
#define IN_VMLINUX "\t-\t-\t-\t-\t-\t-\t-\t-\tvmlinux\t-\t-\t-\t-\t-\t-"
#define NOTHING "\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-"

#define SEC 1000000000ULL

static struct probe probes[] = {
	{ .num = 3, .name = "ip_rcv", .step.fin = FIN_NO, .how = HOW_KPROBE },
	{ .num = 7, .name = "kfree_skb", .step.fin = FIN_DROPPED,
	  .how = HOW_TRACEPOINT },
	{ .num = 8, .name = "consume_skb", .step.fin = FIN_CONSUMED,
	  .how = HOW_TRACEPOINT },
	{ .num = 9, .name = "__copy_skb_header", .how = HOW_KPROBE,
	  .role = PROBE_MAKER, .maker.old_arg = 2 },
	{ .num = 10, .name = "ip_fraglist_prepare", .how = HOW_KPROBE,
	  .role = PROBE_MAKER, .maker.old_arg = 2 },
	{ .num = 11, .name = "ip6_fraglist_prepare", .how = HOW_KPROBE,
	  .role = PROBE_MAKER, .maker.old_arg = 2 },
	{ .num = 12, .name = "ip6_fragment", .how = HOW_KPROBE, .role = PROBE_MAKER, .maker.old_arg = 2 },
};
static const struct plan plan = { probes, 7 };
static const struct plan hops = { probes + 1, 2 };	/* tracepoints alone */

static __u32 maker = 9;		/* of what is born */

static char *text;
static size_t size;
static FILE *out;
static __u32 forgotten, forgotten_kin, disbanded;

static int forget(void *ctx, __u32 number, __u32 kin, __u64 skb, __u32 *steps)
{
	(void)ctx;
	(void)skb;
	forgotten = number;
	forgotten_kin = kin;
	*steps = 9;
	return number == 1 ? 0 : -1;
}

static void disband(void *ctx, __u32 number)
{
	(void)ctx;
	disbanded = number;
}

static struct family known;	/* by the kernel; … */
static int family_known;	/* … or not */

static int family(void *ctx, __u32 number, struct family *to)
{
	(void)ctx;
	(void)number;
	*to = known;
	return family_known ? 0 : -1;
}

static int missed_known = 1;

/* One each ns; until now are 100. */
static int missed(void *ctx, __u64 ns, __u64 *total)
{
	(void)ctx;
	*total = ns == UINT64_MAX ? 100 : ns;
	return missed_known ? 0 : -1;
}

static void result(void *ctx, __u32 num, __u64 value, char *to)
{
	(void)ctx;
	sprintf(to, "%u:%llu", num, value);
}

static const struct tracker_ops ops = { forget, family, disband, missed, missed,
					result };


static struct tracker *begin(void)
{
	out = open_memstream(&text, &size);
	forgotten = disbanded = 0;
	family_known = 0;
	return tracker_new(&plan, out, &ops, NULL);
}

static void end(struct tracker *tracker)
{
	tracker_free(tracker);
	fclose(out);
	free(text);
}

static __u32 kins = NO_COUNT, lost = NO_COUNT;	/* of the next last event */

static void feed_kin(struct tracker *tracker, __u32 packet, __u32 kin,
		     __u32 func, __u32 seq, __u64 now)
{
	const struct event event = {
		.ns = now,
		.skb = 0xffff888000001000ULL + packet,
		.packet = packet,
		.kin = kin,
		.func = func,
		.maker = func == FUNC_BORN ? maker : 0,
		.seq = seq,
		.len = 84,
		.ident = NO_IDENT,
		.kins = kins,
		.lost = lost,
	};

	tracker_event(tracker, &event, now);
}

static void feed(struct tracker *tracker, __u32 packet, __u32 func, __u32 seq,
		 __u64 now)
{
	feed_kin(tracker, packet, 0, func, seq, now);
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

/* It is no step: it has no number, and does not end the packet. */
static void test_aside(void)
{
	struct tracker *tracker = begin();

	feed(tracker, 1, FUNC_SELECTED, 0, 10);
	feed(tracker, 1, FUNC_ASIDE | 3, 0, 15);
	is_str(last_line(), "aside\t1\t-\t15\t0\t0xffff888000001001\tip_rcv\t-\t-\t-\t84\t0\t-\t-\t-\t-\t0\t-\t-\t-\t-" IN_VMLINUX,
	       "a function without a packet is a record of its own");
	feed(tracker, 1, FUNC_ASIDE | 8, 0, 16);
	is_int(tracker_live(tracker), 1, "... and ends none");
	feed(tracker, 1, 8, 0, 20);
	is_int(tracker_live(tracker), 0, "... as a step does");
	end(tracker);
}

static void feed_bytes(struct tracker *tracker, __u32 func, __u16 len)
{
	struct {
		struct event event;
		struct capture capture;
		__u8 bytes[4];
	} came = {
		.event = { .ns = 10, .packet = 1, .func = func,
			   .ident = NO_IDENT },
		.capture = { .link = 101, .len = len, .size = 60 },
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
	feed_bytes(tracker, FUNC_BORN, 4);
	is_int(!strstr(last_line(), "4500ff1a"), 1, "nothing follows a birth");
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

static void feed_proto(struct tracker *tracker, __u32 packet, __u32 seq,
		       __u8 proto)
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
static void ends_by(const struct plan *of, __u8 before, __u8 now,
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

/* A packet and its clones are one family: it ends with its last member. */
static void test_family(void)
{
	struct tracker *tracker = begin();

	feed(tracker, 1, FUNC_SELECTED, 0, 10);
	feed_kin(tracker, 1, 1, FUNC_BORN, 0, 20);
	is_str(last_line(), "born\t1\t-\t20\t0\t0xffff888000001001\t__copy_skb_header\t-\t-\t-\t84\t0\t-\t-\t-\t-\t1\t0\t-\t-\t-" NOTHING,
	       "a birth is a record with maker and parent");
	feed_kin(tracker, 1, 2, FUNC_BORN, 1, 30);
	ok(strstr(last_line(), "\t2\t1\t-") != NULL, "a clone's clone, too");
	feed(tracker, 1, 8, 0, 40);
	ok(strstr(last_line(), "\tconsumed\t-\t-\t30\t0\t-") != NULL,
	   "the first one ends");
	is_int(tracker_live(tracker), 1, "... and its family lives on");
	feed(tracker, 1, 3, 1, 45);
	ok(strncmp(last_line(), "end\t", 4) == 0, "... with nothing behind its end");
	feed_kin(tracker, 1, 2, 3, 0, 50);
	ok(strstr(last_line(), "step\t1\t0\t50\t") && strstr(last_line(), "\t2\t-\t-"),
	   "each has steps of its own");
	feed_kin(tracker, 1, 2, 7, 1, 60);
	feed_kin(tracker, 1, 1, 8, 0, 70);
	ok(strstr(last_line(), "end\t1\t1\t70\t") != NULL, "the last one ends");
	is_int(tracker_live(tracker), 0, "... and with it the family");
	is_int(tracker_ended(tracker), 1, "... which counts once");
	is_int(disbanded, 0, "... the kernel knows that by itself");
	feed_kin(tracker, 1, 3, 3, 0, 80);
	is_int(tracker_live(tracker), 0, "and nothing comes after that");
	end(tracker);
}

/* The kernel copies a fragment's header from the fragment before it; @by does so. */
static void test_fragments(__u32 by)
{
	struct tracker *tracker = begin();

	feed(tracker, 1, FUNC_SELECTED, 0, 10);
	feed_kin(tracker, 1, 1, FUNC_BORN, 0, 20);
	maker = by;
	feed_kin(tracker, 1, 2, FUNC_BORN, 1, 30);
	ok(strstr(last_line(), "\t2\t1\t-") != NULL, "a clone is sent in fragments");
	feed_kin(tracker, 1, 3, FUNC_BORN, 2, 40);
	ok(strstr(last_line(), "\t3\t1") != NULL, "... that are all its own");
	maker = 9;
	feed_kin(tracker, 1, 4, FUNC_BORN, 3, 50);
	ok(strstr(last_line(), "\t4\t3") != NULL, "a fragment's clone is not");
	end(tracker);
}

static void test_family_expires(void)
{
	struct tracker *tracker = begin();

	feed(tracker, 1, FUNC_SELECTED, 0, SEC);
	feed_kin(tracker, 1, 1, FUNC_BORN, 0, 2 * SEC);
	feed(tracker, 1, 3, 0, 9 * SEC);
	tracker_expire(tracker, 9 * SEC);
	is_int(forgotten_kin, 1, "a clone alone expires");
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
	kins = 2;
	lost = 1;
	feed(tracker, 1, 8, 0, 20);
	ok(strstr(last_line(), "\t0\t-\t2\t1\t-") != NULL,
	   "an end tells the relatives and the lost events until then");
	is_int(tracker_live(tracker), 1, "a family waits for births that were lost");
	feed_kin(tracker, 1, 2, 8, 0, 30);
	is_int(tracker_live(tracker), 1, "... of each relative");
	kins = lost = NO_COUNT;
	known = (struct family){ .kins = 2, .lost = 3 };
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
	tap_plan(90);
	test_consumed();
	test_freed_in();
	test_aside();
	test_bytes();
	test_late_event();
	test_lost_selection();
	test_expire();
	test_strangers();
	test_finish();
	test_order();
	test_family();
	test_fragments(10);
	test_fragments(11);
	test_fragments(12);
	test_family_expires();
	test_lost();
	test_returns();
	test_no_return();
	return tap_done();
}
