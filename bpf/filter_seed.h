/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Packets for a filter, in the form of a probe: an sk_buff in the kernel's
 * memory, on its way out (include/linux/skbuff.h). It begins at the network
 * header (FILTER_RAW), or where the sk_buff's data do, which must be at the
 * link-layer header then.
 *
 * To reach what lies in page fragments, the program must know where the kernel
 * has its pages; without these, nothing matches behind the linear part.
 *	PAGE_OFFSET_BASE	address of the variable page_offset_base
 *	VMEMMAP_BASE		address of the variable vmemmap_base
 *	SIZE_PAGE		bytes of a struct page
 */
#ifndef FILTER_SEED_H
#define FILTER_SEED_H

#include "kernel.h"
#include "read.h"

#define OUTGOING	4	/* PACKET_OUTGOING, packet(7) */

struct filter_packet {
	__u64 skb;
	__u64 start;		/* address of the first byte */
	__u32 len;		/* bytes from there on, */
	__u32 linear;		/* and how many lie at one piece */
	int tagged;		/* constant where the filter is inlined */
};

#ifdef VMEMMAP_BASE

#define MAX_FRAGS	17	/* MAX_SKB_FRAGS as it is usually */
#define PAGE_SHIFT	12

/* skb_frag_t of 64-bit kernels: a page and the piece of it, in bytes. */
struct frag {
	__u64 page;
	__u32 len;
	__u32 offset;
};

/* page_address() of a kernel whose page structs lie in one virtual array. */
static always_inline __u64 page_address(__u64 page)
{
	__u64 index = (page - read_u64(VMEMMAP_BASE, 0)) / SIZE_PAGE;

	return read_u64(PAGE_OFFSET_BASE, 0) + (index << PAGE_SHIFT);
}

/* One byte, @offset bytes behind the linear part. */
static always_inline int read_frag_byte(__u64 skb, __u32 offset, void *to)
{
	__u64 shared = read_u64(skb, OFF_SK_BUFF_HEAD) +
		       read_u32(skb, OFF_SK_BUFF_END);
	__u8 count = read_u8(shared, OFF_SKB_SHARED_INFO_NR_FRAGS);
	struct frag frag = {};

#pragma clang loop unroll(disable)
	for (__u32 i = 0; i < MAX_FRAGS && i < count; i++) {
		read_kernel(&frag, sizeof(frag),
			    (void *)(shared + OFF_SKB_SHARED_INFO_FRAGS +
				     i * sizeof(frag)));
		if (offset < frag.len)
			return !!read_kernel(to, 1, (void *)
					     (page_address(frag.page) +
					      frag.offset + offset));
		offset -= frag.len;
	}
	return 1;
}

/* Bytes of which some or all lie behind the linear part. */
static always_inline int read_frags(const struct filter_packet *packet,
				    __u32 offset, __u8 *to, __u32 size)
{
	int failed;

#pragma clang loop unroll(disable)
	for (__u32 i = 0; i < size; i++) {
		if (offset + i < packet->linear)
			failed = !!read_kernel(to + i, 1, (void *)
					       (packet->start + offset + i));
		else
			failed = read_frag_byte(packet->skb, offset + i -
						packet->linear, to + i);
		if (failed)
			return 1;
	}
	return 0;
}

#else

static always_inline int read_frags(const struct filter_packet *packet,
				    __u32 offset, __u8 *to, __u32 size)
{
	(void)packet;
	(void)offset;
	__builtin_memset(to, 0, size);
	return 1;
}

#endif

static always_inline int read_packet(const struct filter_packet *packet,
				     __u64 offset, void *to, __u32 size)
{
	if (offset + size > packet->len)
		return 1;
	if (offset + size > packet->linear)
		return read_frags(packet, offset, to, size);
	return !!read_kernel(to, size, (void *)(packet->start + offset));
}

/*
 * Is there a tag outside the packet? Until 6.1 a bit says so, the first of its
 * byte or, in big-endian machines, the last; then that it is not all 0.
 */
static always_inline int has_tag(__u64 skb)
{
#ifdef OFF_SK_BUFF___PKT_VLAN_PRESENT_OFFSET
	__u8 bits = read_u8(skb, OFF_SK_BUFF___PKT_VLAN_PRESENT_OFFSET);

	return bits & (to_be16(1) == 1 ? 0x80 : 1);
#else
	return read_u16(skb, OFF_SK_BUFF_VLAN_PROTO) ||
	       read_u16(skb, OFF_SK_BUFF_VLAN_TCI);
#endif
}

/* The tag as it stands in a packet: TPID, TCI. */
static always_inline __u32 packet_tag(const struct filter_packet *packet)
{
	return to_be16(read_u16(packet->skb, OFF_SK_BUFF_VLAN_PROTO)) << 16 |
	       read_u16(packet->skb, OFF_SK_BUFF_VLAN_TCI);
}

static always_inline __u32 packet_len(const struct filter_packet *packet)
{
	return packet->len + (packet->tagged ? TAG_LEN : 0);
}

static always_inline __u32 packet_type(const struct filter_packet *packet)
{
	(void)packet;
	return OUTGOING;
}

static always_inline __u32 packet_ifindex(const struct filter_packet *packet)
{
	__u64 dev = read_u64(packet->skb, OFF_SK_BUFF_DEV);

	return dev ? read_u32(dev, OFF_NET_DEVICE_IFINDEX) : 0;
}

/* Where the packet begins and how long it is; 0: it has no such place. */
static always_inline int find_packet(struct filter_packet *packet, __u64 skb)
{
	__u64 data = read_u64(skb, OFF_SK_BUFF_DATA);
	__u64 end = data + read_u32(skb, OFF_SK_BUFF_LEN);

	packet->skb = skb;
	packet->start = data;
#ifdef FILTER_RAW
	packet->start = read_u64(skb, OFF_SK_BUFF_HEAD) +
			read_u16(skb, OFF_SK_BUFF_NETWORK_HEADER);
#endif
	packet->len = end - packet->start;
	packet->linear = packet->len - read_u32(skb, OFF_SK_BUFF_DATA_LEN);
	return packet->start < end;
}

#endif /* FILTER_SEED_H */
