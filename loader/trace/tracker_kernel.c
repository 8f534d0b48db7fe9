// SPDX-License-Identifier: GPL-2.0-only
/* Answers what the tracker asks while a trace runs, from the kernel's maps and probes. */
#include <errno.h>
#include <stdbool.h>

#include "../kernel/sys.h"
#include "ifname.h"
#include "trace.h"

/* That address in skb_map is that member. */
static bool is_member(const struct trace *trace, uint64_t skb, uint32_t number,
		      uint32_t member, struct packet *packet)
{
	return !sys_map_lookup(trace->skb_map_fd, &skb, packet) &&
	       packet->number == number && packet->member == member;
}

/* Its address in skb_map, or 0. */
static uint64_t find_member(const struct trace *trace, uint32_t number,
			    uint32_t member, struct packet *packet)
{
	uint64_t skb, *last = NULL;

	while (!sys_map_next_key(trace->skb_map_fd, last, &skb)) {
		if (is_member(trace, skb, number, member, packet))
			return skb;
		last = &skb;
	}
	return 0;
}

/* See struct tracker_ops: takes the packet out of skb_map. */
static int forget(void *ctx, uint32_t number, uint32_t member, uint64_t skb,
		  uint32_t *steps)
{
	struct trace *trace = ctx;
	struct packet packet;
	int err;

	if (!skb)
		skb = find_member(trace, number, member, &packet);
	else if (!is_member(trace, skb, number, member, &packet))
		skb = 0;
	if (!skb)
		return -ENOENT;
	*steps = packet.seq;
	err = sys_map_delete(trace->skb_map_fd, &skb);
	if (!err)
		__atomic_fetch_sub(&trace->state->tracked, 1, __ATOMIC_RELAXED);
	return err;
}

static int family(void *ctx, uint32_t number, struct family_counts *known)
{
	struct trace *trace = ctx;

	return sys_map_lookup(trace->family_map_fd, &number, known);
}

/* It may have gone already. */
static void disband(void *ctx, uint32_t number)
{
	struct trace *trace = ctx;

	sys_map_delete(trace->family_map_fd, &number);
}

static int before(void *ctx, uint64_t ns, uint64_t *total)
{
	struct trace *trace = ctx;

	return missed_before(&trace->missed, ns, total);
}

static int after(void *ctx, uint64_t ns, uint64_t *total)
{
	struct trace *trace = ctx;

	return missed_after(&trace->missed, ns, total);
}

static void result(void *ctx, uint32_t num, uint64_t value, char *out)
{
	const struct trace *trace = ctx;

	results_text(trace->results, num, value, out);
}

static int ifname(void *ctx, uint32_t netns, uint32_t ifindex, char *out)
{
	struct trace *trace = ctx;

	return ifname_in(netns_names_path(&trace->watch, netns), ifindex, out);
}

static const struct tc_progs *tc_progs(void *ctx, uint32_t netns, uint32_t ifindex,
				       bool is_egress)
{
	struct trace *trace = ctx;

	return tc_hooks_get(&trace->tc_hooks, netns_names_path(&trace->watch, netns),
			    &(struct tc_hook){ netns, ifindex, is_egress }, trace->now);
}

static bool has_unseen(void *ctx)
{
	const struct trace *trace = ctx;

	return trace->progs.unseen;
}

const struct tracker_ops tracker_kernel_ops = {
	.forget = forget,
	.family = family,
	.disband = disband,
	.result = result,
	.missed_before = before,
	.missed_after = after,
	.ifname = ifname,
	.tc_progs = tc_progs,
	.has_unseen = has_unseen,
};
