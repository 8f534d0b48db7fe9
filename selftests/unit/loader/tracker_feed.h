/* SPDX-License-Identifier: GPL-2.0-only */
/* A tracker with a small plan and a kernel that answers; events that are fed to it. */
#ifndef TRACKER_FEED_H
#define TRACKER_FEED_H

#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>

#include "../../../loader/trace/tracker.h"
#include "../tap.h"

/* The columns behind id; of functions the module is known. */
#define IN_VMLINUX "\t-\t-\t-\t-\t-\t-\t-\t-\tvmlinux\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-"
#define NOTHING "\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-"

#define SEC 1000000000ULL

static struct probe probes[] = {
	{ .num = 3, .name = "ip_rcv", .step.verdict = VERDICT_NONE, .how = HOW_KPROBE },
	{ .num = 7, .name = "kfree_skb", .step.verdict = VERDICT_DROPPED,
	  .how = HOW_TRACEPOINT },
	{ .num = 8, .name = "consume_skb", .step.verdict = VERDICT_CONSUMED,
	  .how = HOW_TRACEPOINT },
	{ .num = 9, .name = "__copy_skb_header", .how = HOW_KPROBE,
	  .role = PROBE_COPY_SITE, .copy_site.old_arg = 2 },
	{ .num = 10, .name = "ip_fraglist_prepare", .how = HOW_KPROBE,
	  .role = PROBE_COPY_SITE, .copy_site.old_arg = 2 },
	{ .num = 11, .name = "ip6_fraglist_prepare", .how = HOW_KPROBE,
	  .role = PROBE_COPY_SITE, .copy_site.old_arg = 2 },
	{ .num = 12, .name = "ip6_fragment", .how = HOW_KPROBE,
	  .role = PROBE_COPY_SITE, .copy_site.old_arg = 2 },
	{ .num = 13, .name = "kmem_cache_free",
	  .step.verdict = VERDICT_CONSUMED, .how = HOW_TRACEPOINT },
};
static const struct plan plan = { probes, 8 };
static const struct plan hops = { probes + 1, 2 };	/* tracepoints alone */

static uint32_t copy_site = 9;		/* of a derivation */

static char *text;
static size_t size;
static FILE *out;
static uint32_t forgotten, forgotten_member, disbanded;

static inline int forget(void *ctx, uint32_t number, uint32_t member, uint64_t skb, uint32_t *steps)
{
	(void)ctx;
	(void)skb;
	forgotten = number;
	forgotten_member = member;
	*steps = 9;
	return number == 1 ? 0 : -1;
}

static inline void disband(void *ctx, uint32_t number)
{
	(void)ctx;
	disbanded = number;
}

static struct family_counts known;	/* by the kernel; … */
static int family_known;	/* … or not */

static inline int family(void *ctx, uint32_t number, struct family_counts *to)
{
	(void)ctx;
	(void)number;
	*to = known;
	return family_known ? 0 : -1;
}

static int missed_known = 1;

/* One each ns; until now are 100. */
static inline int missed(void *ctx, uint64_t ns, uint64_t *total)
{
	(void)ctx;
	*total = ns == UINT64_MAX ? 100 : ns;
	return missed_known ? 0 : -1;
}

static inline void result(void *ctx, uint32_t num, uint64_t value, char *to)
{
	(void)ctx;
	sprintf(to, "%u:%" PRIu64, num, value);
}

static const struct tracker_ops ops = {
	.forget = forget,
	.family = family,
	.disband = disband,
	.missed_before = missed,
	.missed_after = missed,
	.result = result,
};

/* A tracker of @plan whose records go to @text. */
static inline struct tracker *begin(void)
{
	out = open_memstream(&text, &size);
	forgotten = disbanded = 0;
	family_known = 0;
	return tracker_new(&plan, out, &ops, NULL);
}

/* Frees it, and the text. */
static inline void end(struct tracker *tracker)
{
	tracker_free(tracker);
	fclose(out);
	free(text);
}

static uint32_t derived = NO_COUNT, lost = NO_COUNT;	/* of the next last event */

/*
 * Feeds an event of that member of the packet in the function @func, or FUNC_…; @seq:
 * which step it is; @now: when, ns.
 */
static inline void feed_member(struct tracker *tracker, uint32_t packet, uint32_t member,
			    uint32_t func, uint32_t seq, uint64_t now)
{
	const struct event event = {
		.ns = now,
		.skb = 0xffff888000001000ULL + packet,
		.packet = packet,
		.member = member,
		.func = func,
		.copy_site = func == FUNC_DERIVED ? copy_site : 0,
		.seq = seq,
		.len = 84,
		.ident = NO_IDENT,
		.derived = derived,
		.lost = lost,
	};

	tracker_event(tracker, &event, now);
}

/* The same of the packet that was selected. */
static inline void feed(struct tracker *tracker, uint32_t packet, uint32_t func,
			uint32_t seq, uint64_t now)
{
	feed_member(tracker, packet, 0, func, seq, now);
}

/* The last line that was written, without its newline. */
static inline const char *last_line(void)
{
	static char line[256];
	size_t at;

	fflush(out);
	for (at = size - 1; at > 0 && text[at - 1] != '\n'; at--)
		;
	snprintf(line, sizeof(line), "%.*s", (int)(size - 1 - at), text + at);
	return line;
}

#endif /* TRACKER_FEED_H */
