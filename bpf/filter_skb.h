/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The packets of a classifier, for filters: the context begins at the link-layer
 * header, in both directions (bpf-helpers(7)).
 */
#ifndef FILTER_SKB_H
#define FILTER_SKB_H

#include "constants.h"
#include "helpers.h"
#include "load.h"
#include "packet.h"
#include "read.h"
#include "wire.h"

static always_inline struct __sk_buff *context_of(const struct filter_packet *packet)
{
	return (struct __sk_buff *)packet->skb;
}

hidden __s64 filter_load(const struct filter_packet *packet, __u64 offset,
			 __u32 size)
{
	__u32 bytes = 0;

	if (offset + size > any_u32(packet->reach))
		return -1;
	if (offset + size <= any_u32(packet->head_len))
		read_kernel(&bytes, size, (void *)(packet->at + offset));
	else if (bpf_skb_load_bytes(context_of(packet), packet->start + offset,
				    &bytes, size))
		return -1;
	return number_of(bytes, size);
}

hidden __u32 filter_len(const struct filter_packet *packet)
{
	return packet->len;
}

/* For "inbound" and "outbound": a packet at egress is outbound, whoever made it. */
hidden __u32 filter_type(const struct filter_packet *packet)
{
	return VALUE(egress) ? OUTGOING : context_of(packet)->pkt_type;
}

hidden __u32 filter_ifindex(const struct filter_packet *packet)
{
	return context_of(packet)->ifindex;
}

/*
 * Reads @len bytes, HEAD_LEN at most, from the sk_buff's byte @from on. The helper takes
 * no length of 0. Linux 5.10 does not learn that from a comparison with 0, but from the
 * range of the last byte's number.
 */
static always_inline int read_bytes(struct __sk_buff *skb, __u32 from,
				    __u64 to, __u32 len)
{
	__u32 last = any_u32(len - 1);

	if (last >= HEAD_LEN)
		return 0;
	return bpf_skb_load_bytes(skb, from, (void *)to, last + 1);
}

static always_inline int read_head(struct filter_packet *packet, __u32 begin)
{
	begin_head(packet, begin);
	return read_bytes(context_of(packet), packet->start,
			  head_at(packet, begin),
			  packet->head_len);
}

/*
 * Puts the tag that the kernel keeps in the sk_buff where it stands on the wire. A
 * frame has an Ethernet header at least.
 */
static always_inline int insert_tag(struct filter_packet *packet)
{
	struct __sk_buff *skb = context_of(packet);
	__u64 head = head_at(packet, HEAD_PAD);
	__u16 *tag = (__u16 *)(head + TAG_OFFSET);

	make_room_for_tag(packet);
	begin_head(packet, HEAD_PAD);
	if (bpf_skb_load_bytes(skb, 0, (void *)head, TAG_OFFSET) ||
	    read_bytes(skb, TAG_OFFSET, head + TAG_OFFSET + TAG_LEN,
		       packet->head_len - TAG_OFFSET - TAG_LEN))
		return 1;
	tag[0] = skb->vlan_proto;
	tag[1] = to_be16((__u16)skb->vlan_tci);
	return 0;
}

/* Lets the packet begin at byte @start of the sk_buff. Not 0: it cannot be read. */
static always_inline int begin_packet(struct filter_packet *packet, __u32 start)
{
	__u32 len = context_of(packet)->len;

	if (start > len)
		return 1;
	packet->start = start;
	packet->len = packet->reach = len - start;
	return 0;
}

/*
 * Bytes before the network header. Where the device has no link-layer header there
 * are mostly none, but a packet that arrives by a GRE device still has the outer
 * header there.
 */
static always_inline __u32 network_offset(__u64 skb)
{
	if (!VALUE(have_layout))
		return 0;
	return read_u64(skb, OFFSET(sk_buff, head)) +
	       read_u16(skb, OFFSET(sk_buff, network_header)) -
	       read_u64(skb, OFFSET(sk_buff, data));
}

/*
 * @is_l3: the packet is what begins at the network header. Not 0: there is none. Linux
 * 5.10 has a helper write a number of bytes that it does not know only over others.
 */
static always_inline int find_packet(struct filter_packet *packet,
				     struct __sk_buff *skb, int is_l3)
{
	__builtin_memset(packet->head, 0, sizeof(packet->head));
	packet->skb = (__u64)skb;
	packet->no_l2 = 0;
	if (begin_packet(packet, is_l3 ? network_offset((__u64)skb) : 0))
		return 1;
	if (!is_l3 && skb->vlan_present)
		return insert_tag(packet);
	return read_head(packet, is_l3 ? 0 : HEAD_PAD);
}

/*
 * From now on the packet is what begins @offset bytes further on, and ends after @len
 * bytes, if not before; @is_l3: it begins with an IP header. Not 0: it cannot be read.
 */
static always_inline int move_packet(struct filter_packet *packet,
				     __u32 offset, __u32 len, int is_l3)
{
	if (begin_packet(packet, packet->start + offset))
		return 1;
	if (packet->len > len)
		packet->len = packet->reach = len;
	return read_head(packet, is_l3 ? 0 : HEAD_PAD);
}

#endif /* FILTER_SKB_H */
