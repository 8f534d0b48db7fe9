// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looks at packets that no run has asked for: while none is selected, it counts those that
 * match at any device of any namespace, in both directions, so that a run without a
 * packet can say what it has missed. It selects nothing.
 *
 * It is loaded twice, for the tracepoints net:netif_receive_skb (__netif_receive_skb_core(),
 * see receive.c) and net:net_dev_queue (__dev_queue_xmit(), net/core/dev.c), which stands
 * behind tc at egress, and where the data begin with the link-layer header: the constant
 * egress says which.
 *
 * Many packets may pass: each CPU looks at LOOKS of them in a while, and counts the others.
 */
#define FILTER_RECEIVE	1

#include "bpfpath.h"
#include "constants.h"
#include "device.h"
#include "filter.h"
#include "helpers.h"
#include "map_passed.h"
#include "maps.h"
#include "packet.h"
#include "part.h"
#include "read.h"
#include "wire.h"

#define WINDOW_BITS	5	/* log2 of jiffies, which last 1 to 10 ms */
#define LOOKS		128	/* in that time: 400 to 4000 a second */

/* A packet that is looked at. */
struct looked_packet {
	struct filter_packet packet;
	struct passed_at at;
	__u32 mark;
	__u64 dev;
};

static always_inline int may_look(void)
{
	const __u32 zero = 0;
	struct passed_limit *limit = bpf_map_lookup_elem(&passed_limit, &zero);
	__u64 window = bpf_jiffies64() >> WINDOW_BITS;

	if (!limit)
		return 0;
	if (limit->window != window) {
		limit->window = window;
		limit->looked = 0;
	}
	if (limit->looked < LOOKS) {
		limit->looked++;
		return 1;
	}
	limit->skipped++;
	return 0;
}

/*
 * Fills *passing and returns received_form() of @skb; -1: the filter cannot be run, and
 * passing->dev is 0 if nothing is known of where it is.
 */
hidden int find_passing(__u64 skb, struct looked_packet *passing)
{
	__u8 part[PART_MAX] __attribute__((aligned(8)));
	int form;

	passing->dev = 0;
	if (read_part(part, skb))
		return -1;
	passing->dev = part_u64(part, OFFSET(sk_buff, dev));
	passing->mark = part_u32(part, OFFSET(sk_buff, mark));
	passing->at.netns = device_netns(passing->dev);
	passing->at.ifindex = read_u32(passing->dev, OFFSET(net_device, ifindex));
	passing->at.egress = VALUE(egress);
	form = received_form(passing->dev);
	if (form < 0 || find_packet(&passing->packet, skb, part, form))
		return -1;
	return form;
}

/* The counters of its device, which are made when that is new; NULL: there is no room. */
static always_inline struct passed *counters_of(const struct looked_packet *passing)
{
	struct passed *counters = bpf_map_lookup_elem(&passed, &passing->at);
	struct passed new = {};

	if (counters)
		return counters;
	read_kernel(new.name, sizeof(new.name),
		    (void *)(passing->dev + OFFSET(net_device, name)));
	bpf_map_update_elem(&passed, &passing->at, &new, BPF_NOEXIST);
	return bpf_map_lookup_elem(&passed, &passing->at);
}

static always_inline void add_one(__u64 *count)
{
	__sync_fetch_and_add(count, 1);
}

/* @form: received_form(). What the filter says comes before what is asked beside it. */
static always_inline void count_match(struct passed *counters, struct looked_packet *passing,
				      int form)
{
	if (!matches_outer(&passing->packet, form))
		return;
	if (VALUE(want_inner) && !matches_inner(&passing->packet, form)) {
		add_one(&counters->but_inner);
	} else if (!is_wanted_mark(passing->mark)) {
		add_one(&counters->but_mark);
		counters->mark = passing->mark;
	} else if (!is_wanted_skb(passing->packet.skb)) {
		add_one(&counters->but_skb);
	} else {
		add_one(&counters->matched);
	}
}

static always_inline void look(__u64 skb)
{
	struct looked_packet passing;
	int form = find_passing(skb, &passing);
	struct passed *counters = passing.dev ? counters_of(&passing) : 0;

	if (!counters)
		return;
	add_one(&counters->seen);
	if (form >= 0)
		count_match(counters, &passing, form);
}

SEC("raw_tracepoint/passing")
int unselected(struct bpf_raw_tracepoint_args *ctx)
{
	if (state.armed_until && !state.selected && may_look())
		look(ctx->args[0]);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
