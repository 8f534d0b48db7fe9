// SPDX-License-Identifier: GPL-2.0-only
/*
 * The classifier: where packets are looked at that arrive at an interface, or
 * leave by it. A packet that matches is noted by the address of its sk_buff,
 * which in the kernel is the context pointer itself; from then on probes
 * compare pointers.
 *
 * It never decides over a packet: TC_ACT_UNSPEC hands it to the next filter.
 * Compiled once for each hook (-DEGRESS: egress), and once more for interfaces
 * without link-layer header (-DFILTER_RAW).
 */
#include <linux/pkt_cls.h>

#define CLASSIFIER
#ifndef HAVE_PROBE_READ_KERNEL
#define BLIND	/* before Linux 5.8 a classifier sees the packet alone */
#endif
#include "filter.h"

#ifdef EGRESS
#define HOOK		HOOK_EGRESS
#define HOOK_NAME	"egress"
#else
#define HOOK		HOOK_INGRESS
#define HOOK_NAME	"ingress"
#endif
#include "select.h"

/* How many packets the classifiers have looked at. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} seen SEC(".maps");

static always_inline void count_seen(void)
{
	__u32 zero = 0;
	__u64 *count = bpf_map_lookup_elem(&seen, &zero);

	if (count)
		++*count;
}

static always_inline void look(struct __sk_buff *skb)
{
	count_seen();
	if (matches(skb) && !is_tracked((__u64)skb))
		select((__u64)skb, device_of((__u64)skb));
}

SEC("classifier")
int bpfpath(struct __sk_buff *skb)
{
	if (selecting())
		look(skb);
	return TC_ACT_UNSPEC;
}

char LICENSE[] SEC("license") = "GPL";
