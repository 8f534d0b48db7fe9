// SPDX-License-Identifier: GPL-2.0-only
/*
 * A filter for BPF_PROG_TEST_RUN: returns whether the packet matches. A packet
 * with a mark gets a VLAN tag first, which the kernel keeps in the sk_buff:
 * cb[0] has its TPID, cb[1] its TCI. With -DFILTER_RAW the filter looks at it
 * from the network header on.
 */
#include "filter.h"

static long (*const vlan_push)(struct __sk_buff *skb, __u16 tpid, __u16 tci) =
	(void *)BPF_FUNC_skb_vlan_push;

#ifdef FILTER_SEED

static always_inline int select_as_seed(struct __sk_buff *skb)
{
	__u8 part[PART_LEN] __attribute__((aligned(8)));
#ifdef FILTER_RAW
	const int raw = 1;
#else
	const int raw = 0;
#endif

	return !read_part(part, (__u64)skb) && matches((__u64)skb, part, raw);
}

#endif

SEC("classifier")
int agree(struct __sk_buff *skb)
{
	if (skb->mark && vlan_push(skb, to_be16((__u16)skb->cb[0]), skb->cb[1]))
		return -1;
#ifdef FILTER_SEED
	return select_as_seed(skb);
#else
	return matches(skb);
#endif
}

char LICENSE[] SEC("license") = "GPL";
