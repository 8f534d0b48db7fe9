/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Packets for a filter, in the form of a probe: an sk_buff in the kernel's
 * memory, on its way out (include/linux/skbuff.h). It begins at the network
 * header, or where the sk_buff's data do, which must be at the link-layer
 * header then.
 *
 * Every packet that is made here pays for this, so the kernel's memory is read
 * in pieces: the part of the sk_buff that has all that is needed, and the first
 * bytes of the packet, from which loads at a fixed place are served. What lies
 * in page fragments, behind the linear part, is not seen: headers are not put
 * there, and for others there is the classifier at the interface.
 */
#ifndef FILTER_SEED_H
#define FILTER_SEED_H

#include "where.h"
#include "wire.h"

#define HEAD_LEN	64	/* bytes of a packet that are read at once */
#define HEAD_PAD	2	/* puts the header after Ethernet's on a word */

/* The part of the sk_buff: from its device to the address of its data. */
#define PART_START	(OFF_SK_BUFF_DEV & ~7)
#define PART_LEN	(OFF_SK_BUFF_DATA + 8 - PART_START)

struct filter_packet {
	__u64 skb;
	__u64 start;		/* address of the first byte, had it no tag */
	__u32 len;		/* bytes with the tag, … */
	__u32 linear;		/* … and how many of them lie at one piece */
	int linkless;		/* constant: its link-layer header is to come */
	int tags;		/* constant: a tag of the sk_buff's counts */
	__u8 *head;		/* its first HEAD_LEN bytes */
};

/* @part: PART_LEN bytes, on a word. Not 0: there is no sk_buff. */
static always_inline int read_part(__u8 *part, __u64 skb)
{
	return !!read_kernel(part, PART_LEN, (void *)(skb + PART_START));
}

/* A member of the part, at its offset in the sk_buff. */
static always_inline __u16 part_u16(const __u8 *part, __u32 offset)
{
	return *(const __u16 *)(part + offset - PART_START);
}

static always_inline __u32 part_u32(const __u8 *part, __u32 offset)
{
	return *(const __u32 *)(part + offset - PART_START);
}

static always_inline __u64 part_u64(const __u8 *part, __u32 offset)
{
	return *(const __u64 *)(part + offset - PART_START);
}

/*
 * Not 0: beyond the end of the packet, or of its linear part. In loops, the
 * verifier must not learn from each turn how long that is.
 */
static always_inline int load_bytes(const struct filter_packet *packet,
				    __u64 offset, __u8 *to, __u32 size)
{
	__u64 from = packet->start + offset;

	if (__builtin_constant_p(offset) && offset + size <= HEAD_LEN) {
		__builtin_memcpy(to, packet->head + offset, size);
		return offset + size > packet->linear;
	}
	if (offset + size > any_u32(packet->linear))
		return 1;
	/* where a tag may have been put in; the verifier sees the limit by "&" */
	if (offset < TAG_OFFSET + TAG_LEN)
		from = (__u64)packet->head +
		       (any_u32(offset) & (TAG_OFFSET + TAG_LEN - 1));
	return !!read_kernel(to, size, (void *)from);
}

/* Bytes of the link-layer header that the device is going to put before it. */
static always_inline __u32 link_len(__u64 skb)
{
	__u64 dev = device_of(skb);
	__u16 type = dev ? read_u16(dev, OFF_NET_DEVICE_TYPE) : 0;

	return is_ethernet_type(type) ? ETHER_LEN : 0;
}

/* As it will be seen at the interface. */
static always_inline __u32 packet_len(const struct filter_packet *packet)
{
	return packet->len + (packet->linkless ? link_len(packet->skb) : 0);
}

static always_inline __u32 packet_type(const struct filter_packet *packet)
{
	(void)packet;
	return OUTGOING;
}

static always_inline __u32 packet_ifindex(const struct filter_packet *packet)
{
	__u64 dev = device_of(packet->skb);

	return dev ? read_u32(dev, OFF_NET_DEVICE_IFINDEX) : 0;
}

/*
 * The sk_buff's memory goes on behind its data (struct skb_shared_info): to read
 * more than there is does no harm.
 */
static always_inline int read_head(const struct filter_packet *packet)
{
	return !!read_kernel(packet->head, HEAD_LEN, (void *)packet->start);
}

/* Is there a tag outside the packet? From 6.2 on when it is not all 0. */
static always_inline int has_tag(const __u8 *part)
{
#ifdef OFF_SK_BUFF___PKT_VLAN_PRESENT_OFFSET
	__u8 bits = part[OFF_SK_BUFF___PKT_VLAN_PRESENT_OFFSET - PART_START];

	return bits & VLAN_PRESENT;
#else
	return part_u16(part, OFF_SK_BUFF_VLAN_PROTO) ||
	       part_u16(part, OFF_SK_BUFF_VLAN_TCI);
#endif
}

/* The tag gets the place that it has on the wire. */
static always_inline int insert_tag(struct filter_packet *packet,
				    const __u8 *part)
{
	__u16 *tag = (__u16 *)(packet->head + TAG_OFFSET);

	if (read_kernel(packet->head, TAG_OFFSET, (void *)packet->start) ||
	    read_kernel(packet->head + TAG_OFFSET + TAG_LEN,
			HEAD_LEN - TAG_OFFSET - TAG_LEN,
			(void *)(packet->start + TAG_OFFSET)))
		return 1;
	tag[0] = part_u16(part, OFF_SK_BUFF_VLAN_PROTO);
	tag[1] = to_be16(part_u16(part, OFF_SK_BUFF_VLAN_TCI));
	packet->start -= TAG_LEN;
	packet->len += TAG_LEN;
	packet->linear += TAG_LEN;
	return 0;
}

static always_inline int find_ether(struct filter_packet *packet,
				    const __u8 *part)
{
	__u32 data_len = part_u32(part, OFF_SK_BUFF_DATA_LEN);

	packet->start = part_u64(part, OFF_SK_BUFF_DATA);
	packet->len = part_u32(part, OFF_SK_BUFF_LEN);
	packet->linear = packet->len - data_len;
	if (packet->tags && has_tag(part))
		return insert_tag(packet, part);
	return read_head(packet);
}

/* As iph_set_totlen() has it (include/linux/ip.h), in network byte order. */
static always_inline __u16 length_field(__u32 len)
{
	return to_be16((__u16)(len > 0xffff ? 0 : len));
}

/*
 * The functions that send a packet (__ip_local_out, __ip6_local_out) write its
 * length into the header: a probe at their entry is too early for it. The
 * compiler must not make one store of two, at an address that it computes.
 */
static always_inline void set_length(struct filter_packet *packet)
{
	__u16 *words = (__u16 *)packet->head;
	__u32 version = packet->head[0] >> 4;

	if (version == 4)
		words[1] = length_field(packet->len);
	asm volatile("" ::: "memory");
	if (version == 6)
		words[2] = length_field(packet->len - IP6_LEN);
}

static always_inline int find_raw(struct filter_packet *packet,
				  const __u8 *part)
{
	__u64 data = part_u64(part, OFF_SK_BUFF_DATA);

	packet->start = part_u64(part, OFF_SK_BUFF_HEAD) +
			part_u16(part, OFF_SK_BUFF_NETWORK_HEADER);
	packet->len = data + part_u32(part, OFF_SK_BUFF_LEN) - packet->start;
	packet->linear = packet->len - part_u32(part, OFF_SK_BUFF_DATA_LEN);
	packet->linkless = 1;
	if (read_head(packet))
		return 1;
	set_length(packet);
	return 0;
}

/*
 * @head: HEAD_PAD + HEAD_LEN bytes. @raw: the packet is what begins at the
 * network header. 0: it cannot be read.
 */
static always_inline int find_packet(struct filter_packet *packet, __u64 skb,
				     const __u8 *part, __u8 *head, int raw)
{
	packet->skb = skb;
	packet->head = raw ? head : head + HEAD_PAD;
	return raw ? !find_raw(packet, part) : !find_ether(packet, part);
}

/*
 * From now on the packet is what begins @offset bytes further on; how it is
 * aligned then is no matter of correctness. Not 0: that cannot be read.
 */
static always_inline int move_packet(struct filter_packet *packet,
				     __u64 offset)
{
	if (offset >= packet->linear)
		return 1;
	packet->start += offset;
	packet->len -= offset;
	packet->linear -= offset;
	packet->linkless = 0;
	return read_head(packet);
}

/* From now on the packet ends after @len bytes, if not before. */
static always_inline void cut_packet(struct filter_packet *packet, __u32 len)
{
	if (packet->len > len)
		packet->len = len;
	if (packet->linear > len)
		packet->linear = len;
}

#endif /* FILTER_SEED_H */
