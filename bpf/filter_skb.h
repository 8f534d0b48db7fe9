/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Packets for a filter, in the form of a classifier: its context begins at the
 * link-layer header, in both directions (bpf-helpers(7)).
 */
#ifndef FILTER_SKB_H
#define FILTER_SKB_H

#include "where.h"
#include "wire.h"

#define START_MAX	0x3fff	/* bytes: the verifier wants to know an end */

struct filter_packet {
	struct __sk_buff *skb;
	const char *data;	/* where the packet begins … */
	const char *end;	/* … and the linear part ends */
	__u32 start;		/* bytes that the sk_buff has before it */
	__u32 len;		/* bytes from there on */
	int tagged;		/* constant where the filter is inlined, … */
	int inner;		/* … as this is: the packet in a tunnel's packet */
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
	if (packet->inner && offset + size > packet->len)
		return 1;
	if (__builtin_constant_p(offset) && offset < 256 &&
	    !read_linear(packet, offset, to, size))
		return 0;
	offset += packet->start;
	return offset > 0x7fffffff ||
	       bpf_skb_load_bytes(packet->skb, offset, to, size);
}

/* The tag as it stands in a packet: TPID, TCI. */
static always_inline __u32 packet_tag(const struct filter_packet *packet)
{
	return to_be16((__u16)packet->skb->vlan_proto) << 16 |
	       (__u16)packet->skb->vlan_tci;
}

/* A byte of the packet on the wire, where the sk_buff has a tag. */
static always_inline int load_tagged_byte(const struct filter_packet *packet,
					  __u64 offset, __u8 *to)
{
	if (offset >= TAG_OFFSET + TAG_LEN)
		return read_packet(packet, offset - TAG_LEN, to, 1);
	if (offset < TAG_OFFSET)
		return read_packet(packet, offset, to, 1);
	*to = packet_tag(packet) >> 8 * (TAG_OFFSET + TAG_LEN - 1 - offset);
	return 0;
}

/* Not 0: beyond the end of the packet. */
static always_inline int load_bytes(const struct filter_packet *packet,
				    __u64 offset, __u8 *to, __u32 size)
{
	if (!packet->tagged || offset + size <= TAG_OFFSET)
		return read_packet(packet, offset, to, size);
	if (offset >= TAG_OFFSET + TAG_LEN)
		return read_packet(packet, offset - TAG_LEN, to, size);
#pragma unroll
	for (__u32 i = 0; i < size; i++)
		if (load_tagged_byte(packet, offset + i, to + i))
			return 1;
	return 0;
}

static always_inline __u32 packet_len(const struct filter_packet *packet)
{
	return packet->len + (packet->tagged ? TAG_LEN : 0);
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
 * From now on the packet is what begins @offset bytes further on. Not 0: that
 * is too far.
 *
 * The verifier lets a program read its context only at constant offsets; what
 * is volatile the compiler does not make one load of two.
 */
static always_inline int move_packet(struct filter_packet *packet,
				     __u64 offset)
{
	const volatile struct __sk_buff *context = packet->skb;

	offset += packet->start;
	if (offset > START_MAX)
		return 1;
	packet->start = any_u32(offset);
	packet->len = context->len - offset;
	packet->data = (const char *)(__u64)context->data + offset;
	packet->end = (const char *)(__u64)context->data_end;
	return 0;
}

/* From now on the packet ends after @len bytes, if not before. */
static always_inline void cut_packet(struct filter_packet *packet, __u32 len)
{
	packet->inner = 1;
	if (packet->len > len)
		packet->len = len;
}

/*
 * Bytes before the network header. Mostly there are none where the device has
 * no link-layer header, but what arrives by a GRE device has the outer header
 * there still.
 */
static always_inline __u64 network_offset(struct __sk_buff *context)
{
#ifdef BLIND
	(void)context;
	return 0;
#else
	__u64 skb = (__u64)context;

	return read_u64(skb, OFF_SK_BUFF_HEAD) +
	       read_u16(skb, OFF_SK_BUFF_NETWORK_HEADER) -
	       read_u64(skb, OFF_SK_BUFF_DATA);
#endif
}

/* @raw: the packet is what begins at the network header. 0: there is none. */
static always_inline int find_packet(struct filter_packet *packet,
				     struct __sk_buff *skb, int raw)
{
	packet->skb = skb;
	return !move_packet(packet, raw ? network_offset(skb) : 0);
}

#endif /* FILTER_SKB_H */
