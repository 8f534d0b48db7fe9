/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Packets that are an sk_buff in the kernel's memory, for filters: what those on their way
 * out (filter_output.h) and those that come in (filter_receive.h) have in common.
 */
#ifndef FILTER_MEMORY_H
#define FILTER_MEMORY_H

#include "constants.h"
#include "device.h"
#include "helpers.h"
#include "load.h"
#include "packet.h"
#include "part.h"
#include "read.h"
#include "wire.h"

/* All bits if @a < @b, else none; without a branch. Both are less than 2^63. */
static always_inline __u64 mask_if_less(__u64 a, __u64 b)
{
	__u64 mask = (__u64)((__s64)(a - b) >> 63);

	asm volatile("" : "+r"(mask));
	return mask;
}

/*
 * Reads from the head, where that has the bytes, or from the kernel's memory. Bytes
 * beyond the end are read from address 0, which fails. The verifier walks each branch
 * of a function anew for each turn of a loop that calls it: so there is one alone.
 */
hidden __s64 filter_load(const struct filter_packet *packet, __u64 offset,
			 __u32 size)
{
	__u64 end = offset + size, from = packet->start;
	__u32 bytes = 0;
	__s64 error;

	from += mask_if_less(end - 1, packet->head_len) & (packet->at - from);
	from = (from + offset) & ~mask_if_less(packet->reach, end);
	error = read_kernel(&bytes, size, (void *)from);
	return number_of(bytes, size) | error;
}

hidden __u32 filter_ifindex(const struct filter_packet *packet)
{
	__u64 dev = device_of(packet->skb);

	return dev ? read_u32(dev, OFFSET(net_device, ifindex)) : 0;
}

/*
 * The sk_buff's memory goes on behind its data (struct skb_shared_info): to read
 * more than there is does no harm.
 */
static always_inline int read_head(struct filter_packet *packet, __u32 begin)
{
	begin_head(packet, begin);
	return !!read_kernel((void *)head_at(packet, begin), HEAD_LEN,
			     (void *)packet->start);
}

/* Puts the tag where it stands on the wire. */
static always_inline int insert_tag(struct filter_packet *packet,
				    const __u8 *part)
{
	__u64 head = head_at(packet, HEAD_PAD);
	__u16 *tag = (__u16 *)(head + TAG_OFFSET);

	make_room_for_tag(packet);
	if (read_head(packet, HEAD_PAD) ||
	    read_kernel((void *)head, TAG_OFFSET,
			(void *)(packet->start + TAG_LEN)))
		return 1;
	tag[0] = part_u16(part, OFFSET(sk_buff, vlan_proto));
	tag[1] = to_be16(part_u16(part, OFFSET(sk_buff, vlan_tci)));
	return 0;
}

/*
 * From now on the packet is what begins @offset bytes further on, and ends after @len
 * bytes, if not before; @is_l3: it begins with an IP header. Not 0: it cannot be read.
 */
static always_inline int move_packet(struct filter_packet *packet,
				     __u32 offset, __u32 len, int is_l3)
{
	if (offset >= packet->reach)
		return 1;
	packet->start += offset;
	packet->len -= offset;
	packet->reach -= offset;
	packet->no_l2 = 0;
	if (packet->len > len)
		packet->len = len;
	if (packet->reach > len)
		packet->reach = len;
	return read_head(packet, is_l3 ? 0 : HEAD_PAD);
}

#endif /* FILTER_MEMORY_H */
