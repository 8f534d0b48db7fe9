/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Packets for a filter, in the form of a classifier: its context begins at the
 * link-layer header, in both directions (bpf-helpers(7)).
 */
#ifndef FILTER_SKB_H
#define FILTER_SKB_H

#define OUTGOING	4	/* PACKET_OUTGOING, packet(7) */

struct filter_packet {
	struct __sk_buff *skb;
	const char *data;	/* the linear part … */
	const char *end;	/* … and where it ends */
	int tagged;		/* constant where the filter is inlined */
};

/*
 * Headers at a fixed place mostly lie in the linear part, where reading takes
 * a comparison and a load; the helper reads them everywhere.
 */
static always_inline int read_linear(const struct filter_packet *packet,
				     __u64 offset, void *to, __u32 size)
{
	if (packet->data + offset + size > packet->end)
		return 1;
	__builtin_memcpy(to, packet->data + offset, size);
	return 0;
}

static always_inline int read_packet(const struct filter_packet *packet,
				     __u64 offset, void *to, __u32 size)
{
	if (__builtin_constant_p(offset) && offset < 256 &&
	    !read_linear(packet, offset, to, size))
		return 0;
	return offset > 0x7fffffff ||
	       bpf_skb_load_bytes(packet->skb, offset, to, size);
}

/* The tag as it stands in a packet: TPID, TCI. */
static always_inline __u32 packet_tag(const struct filter_packet *packet)
{
	return to_be16((__u16)packet->skb->vlan_proto) << 16 |
	       (__u16)packet->skb->vlan_tci;
}

static always_inline __u32 packet_len(const struct filter_packet *packet)
{
	return packet->skb->len + (packet->tagged ? TAG_LEN : 0);
}

/* For "inbound" and "outbound": what leaves here, whoever made it. */
static always_inline __u32 packet_type(const struct filter_packet *packet)
{
#ifdef EGRESS
	(void)packet;
	return OUTGOING;
#else
	return packet->skb->pkt_type;
#endif
}

static always_inline __u32 packet_ifindex(const struct filter_packet *packet)
{
	return packet->skb->ifindex;
}

/*
 * The verifier lets a program read its context only at constant offsets; what
 * is volatile the compiler does not make one load of two.
 */
static always_inline void find_packet(struct filter_packet *packet,
				      struct __sk_buff *skb)
{
	const volatile struct __sk_buff *context = skb;

	packet->skb = skb;
	packet->data = (const char *)(__u64)context->data;
	packet->end = (const char *)(__u64)context->data_end;
}

#endif /* FILTER_SKB_H */
