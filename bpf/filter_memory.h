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

#define PAGE_BITS	12	/* x86: of a place in a page … */
#define PAGE_STRUCT	64	/* … and bytes of a struct page */

#ifndef FILTER_DEVICE	/* the packet's struct net_device */
#define FILTER_DEVICE(packet)	device_of((packet)->skb)
#endif

/* 1: packets of @dev have no link-layer header, 0: one of Ethernet, -1: another. */
static always_inline int received_form(__u64 dev)
{
	__u16 type = read_u16(dev, OFFSET(net_device, type));

	if (is_ethernet_type(type))
		return 0;
	return is_ip_type(type) ? 1 : -1;
}

/* All bits if @a < @b, else none; without a branch. Both are less than 2^63. */
static always_inline __u64 mask_if_less(__u64 a, __u64 b)
{
	__u64 mask = (__u64)((__s64)(a - b) >> 63);

	asm volatile("" : "+r"(mask));
	return mask;
}

/* All bits if the bytes from @offset to @end are neither in the head nor in one piece. */
static always_inline __u64 mask_if_apart(const struct filter_packet *packet,
					 __u64 offset, __u64 end)
{
	return (mask_if_less(packet->page_reach, end) |
		(mask_if_less(packet->reach, end) &
		 mask_if_less(offset, packet->reach))) &
	       ~mask_if_less(end - 1, packet->head_len);
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
	__u64 apart = mask_if_apart(packet, offset, end);
	__u32 bytes = 0;
	__s64 error;

	from += mask_if_less(packet->reach, end) & (packet->page - from);
	from += mask_if_less(end - 1, packet->head_len) & (packet->at - from);
	from = (from + offset) & ~apart;
	((struct filter_packet *)packet)->is_unread |=
		apart & mask_if_less(end - 1, packet->len) & 1;
	error = read_kernel(&bytes, size, (void *)from);
	return number_of(bytes, size) | error;
}

hidden __u32 filter_ifindex(const struct filter_packet *packet)
{
	__u64 dev = FILTER_DEVICE(packet);

	return dev ? read_u32(dev, OFFSET(net_device, ifindex)) : 0;
}

/*
 * The address of a page's memory, all of which x86 has mapped (page_to_virt() with
 * CONFIG_SPARSEMEM_VMEMMAP); 0: it is not known. What is no page (struct net_iov) has an
 * address that is odd.
 */
static always_inline __u64 page_memory(__u64 page)
{
	__u64 pages = read_u64(VALUE(vmemmap_base), 0);
	__u64 memory = read_u64(VALUE(page_offset_base), 0);

	if (!pages || !memory || page < pages || (page & 3))
		return 0;
	return memory + ((page - pages) / PAGE_STRUCT << PAGE_BITS);
}

/*
 * Finds the first page fragment of an sk_buff with fragments (struct skb_shared_info),
 * which are { page, length, offset } of 8, 4 and 4 bytes.
 */
static always_inline void find_page(struct filter_packet *packet, const __u8 *part)
{
	__u64 shared = part_u64(part, OFFSET(sk_buff, head)) +
		       part_u32(part, OFFSET(sk_buff, end));
	__u64 frag = shared + OFFSET(skb_shared_info, frags), memory;

	if (!read_u8(shared, OFFSET(skb_shared_info, nr_frags)))
		return;
	memory = page_memory(read_u64(frag, 0));
	if (!memory)
		return;
	packet->page = memory + read_u32(frag, 12) - packet->reach;
	packet->page_reach = packet->reach + read_u32(frag, 8);
}

/* Its bytes can be read, all but the last @data_len at start, and some of these in a page. */
static always_inline void set_reach(struct filter_packet *packet, const __u8 *part)
{
	__u32 data_len = part_u32(part, OFFSET(sk_buff, data_len));

	packet->reach = packet->len - data_len;
	packet->page = 0;
	packet->page_reach = packet->reach;
	packet->is_unread = 0;
	if (data_len && VALUE(vmemmap_base))
		find_page(packet, part);
}

/* What precedes the fragment in its page is read and then written over. */
static always_inline int read_divided(struct filter_packet *packet, __u64 head)
{
	__u64 len = packet->reach & (HEAD_LEN - 1);

	asm volatile("" : "+r"(len));
	return read_kernel((void *)head, HEAD_LEN, (void *)packet->page) ||
	       read_kernel((void *)head, len & (HEAD_LEN - 1),
			   (void *)packet->start);
}

/*
 * The sk_buff's memory goes on behind its data (struct skb_shared_info): to read
 * more than there is does no harm.
 */
static always_inline int read_head(struct filter_packet *packet, __u32 begin)
{
	begin_head(packet, begin);
	if (packet->reach < HEAD_LEN && packet->reach < packet->len) {
		packet->head_len = packet->page_reach < HEAD_LEN ?
					   packet->page_reach : HEAD_LEN;
		packet->is_unread |= packet->head_len < HEAD_LEN &&
				    packet->head_len < packet->len;
		if (packet->page)
			return read_divided(packet, head_at(packet, begin));
	}
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
	packet->page -= packet->page ? TAG_LEN : 0;
	packet->page_reach += TAG_LEN;
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
	if (offset >= packet->page_reach)
		return 1;
	packet->start += offset;
	packet->page += packet->page ? offset : 0;
	packet->len -= offset;
	packet->reach = offset < packet->reach ? packet->reach - offset : 0;
	packet->page_reach -= offset;
	packet->no_l2 = 0;
	if (packet->len > len)
		packet->len = len;
	if (packet->reach > len)
		packet->reach = len;
	if (packet->page_reach > len)
		packet->page_reach = len;
	return read_head(packet, is_l3 ? 0 : HEAD_PAD);
}

#endif /* FILTER_MEMORY_H */
