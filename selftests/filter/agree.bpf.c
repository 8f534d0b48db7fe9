// SPDX-License-Identifier: GPL-2.0-only
/*
 * Filters for BPF_PROG_TEST_RUN: returns whether the packet matches. A packet
 * with a mark gets a VLAN tag first, which the kernel keeps in the sk_buff:
 * cb[0] has its TPID, cb[1] its TCI. With the constant "no_l2" filters look at
 * it from the network header on. Compiled as a classifier, and with -DFILTER_OUTPUT or
 * -DFILTER_RECEIVE as a probe: these do not know before which form a packet has
 * (output_probe.h, receive.c).
 */
#include "filter.h"

static long (*const vlan_push)(struct __sk_buff *skb, __u16 tpid, __u16 tci) =
	(void *)BPF_FUNC_skb_vlan_push;

#if defined(FILTER_OUTPUT) || defined(FILTER_RECEIVE)

#ifdef FILTER_RECEIVE
/* A device without link-layer header hands over what begins at the network header. */
static always_inline void take_header(__u8 *part, int is_l3)
{
	if (!is_l3)
		return;
	*(__u64 *)part_at(part, OFFSET(sk_buff, data)) += ETHER_LEN;
	*(__u32 *)part_at(part, OFFSET(sk_buff, len)) -= ETHER_LEN;
}
#else
#define take_header(part, is_l3)
#endif

/* What is read of the sk_buff lies on the stack only here. */
hidden int find(struct __sk_buff *skb, struct filter_packet *packet, int is_l3)
{
	__u8 part[PART_MAX] __attribute__((aligned(8)));

	if (read_part(part, (__u64)skb))
		return 1;
	take_header(part, is_l3);
	return find_packet(packet, (__u64)skb, part, is_l3);
}

#define IS_L3	any_u32(VALUE(no_l2))
#else

static always_inline int find(struct __sk_buff *skb,
			      struct filter_packet *packet, int is_l3)
{
	return find_packet(packet, skb, is_l3);
}

#define IS_L3	VALUE(no_l2)
#endif

SEC("classifier")
int agree(struct __sk_buff *skb)
{
	struct filter_packet packet;
	int is_l3 = IS_L3;

	if (skb->mark && vlan_push(skb, to_be16((__u16)skb->cb[0]), skb->cb[1]))
		return -1;
	return !find(skb, &packet, is_l3) && matches(&packet, is_l3);
}

char LICENSE[] SEC("license") = "GPL";
