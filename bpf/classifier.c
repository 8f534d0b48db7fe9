// SPDX-License-Identifier: GPL-2.0-only
/*
 * The classifier: the one place where packets are looked at. A packet that
 * matches is noted by the address of its sk_buff, which in the kernel is the
 * context pointer itself; from then on probes compare pointers.
 *
 * It never decides over a packet: TC_ACT_UNSPEC hands it to the next filter.
 * Compiled once for each hook; -DEGRESS makes the one for egress.
 */
#include <linux/pkt_cls.h>
#include "report.h"
#ifdef FILTER_FAMILY
#include "match.h"
#else
#include "filter.h"
#endif

#ifdef EGRESS
#define HOOK		HOOK_EGRESS
#define HOOK_NAME	"egress"
#else
#define HOOK		HOOK_INGRESS
#define HOOK_NAME	"ingress"
#endif

#ifndef HAVE_ATOMIC_FETCH
/* Numbers taken lately: what decides between CPUs that want the same one. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 128);
	__type(key, __u64);
	__type(value, __u8);
} claims SEC(".maps");
#endif

/* Armed, and packets left to select? Cheap: it comes before the filter. */
static always_inline int selecting(void)
{
	return state.armed_until &&
	       (!state.limit || state.selected < state.limit);
}

/* A number for the packet, 1, 2, …; 0 when another CPU took the last one. */
static always_inline __u64 take_number(void)
{
	__u64 limit = state.limit;
#ifdef HAVE_ATOMIC_FETCH
	__u64 number = __sync_fetch_and_add(&state.selected, 1) + 1;

	return !limit || number <= limit ? number : 0;
#else
	__u64 number = state.selected + 1;
	__u8 taken = 1;

	if ((limit && number > limit) ||
	    bpf_map_update_elem(&claims, &number, &taken, BPF_NOEXIST))
		return 0;
	__sync_fetch_and_add(&state.selected, 1);
	return number;
#endif
}

static always_inline void report_selection(struct __sk_buff *skb, __u64 now,
					   __u64 number)
{
	struct event event = {
		.ns = now,
		.skb = (__u64)skb,
		.packet = number,
		.func = FUNC_SELECTED,
		.cpu = bpf_get_smp_processor_id(),
		.len = skb->len,
		.mark = skb->mark,
		.ifindex = skb->ifindex,
		.hook = HOOK,
	};

	send_event(&event, HOOK_NAME);
}

static always_inline void select(struct __sk_buff *skb)
{
	__u64 key = (__u64)skb, now = bpf_ktime_get_ns();
	struct packet packet = {};

	if (now > state.armed_until || bpf_map_lookup_elem(&skb_map, &key))
		return;
	packet.number = take_number();
	if (!packet.number)
		return;
	if (bpf_map_update_elem(&skb_map, &key, &packet, BPF_NOEXIST)) {
		__sync_fetch_and_add(&state.untracked, 1);
		return;
	}
	report_selection(skb, now, packet.number);
	__sync_fetch_and_add(&state.tracked, 1);
}

SEC("classifier")
int bpfpath(struct __sk_buff *skb)
{
	if (selecting() && matches(skb))
		select(skb);
	return TC_ACT_UNSPEC;
}

char LICENSE[] SEC("license") = "GPL";
