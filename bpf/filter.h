/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A compiled filter expression and what it reads packets with. "expression.h"
 * is what "bpfload filter -e EXPRESSION" has written, the function
 *
 *	int filter(const struct filter_packet *packet)
 *
 * It sees the packet as it is, or was, on the wire: a VLAN tag that the kernel
 * keeps in the sk_buff is in its place after the addresses. Reading beyond the
 * end of the packet ends the filter: no match.
 *
 *	FILTER_RAW	packets have no link-layer header
 *	FILTER_SEED	the packet is an sk_buff that a probe has got
 *			(filter_seed.h), else a classifier's context
 *			(filter_skb.h)
 */
#ifndef FILTER_H
#define FILTER_H

#include "helpers.h"

#define maybe_unused	__attribute__((unused))

#define FILTER_TURNS	32	/* of a loop: headers that "protochain" skips */
#define TAG_OFFSET	12	/* bytes; between addresses and EtherType */
#define TAG_LEN		4

#ifdef FILTER_SEED
#include "filter_seed.h"
#else
#include "filter_skb.h"
#endif

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

static always_inline int load_u8(const struct filter_packet *packet,
				 __u64 offset, __u32 *value)
{
	__u8 byte;

	if (load_bytes(packet, offset, &byte, 1))
		return 1;
	*value = byte;
	return 0;
}

static always_inline int load_u16(const struct filter_packet *packet,
				  __u64 offset, __u32 *value)
{
	__u16 field;

	if (load_bytes(packet, offset, (__u8 *)&field, sizeof(field)))
		return 1;
	*value = to_be16(field);
	return 0;
}

static always_inline int load_u32(const struct filter_packet *packet,
				  __u64 offset, __u32 *value)
{
	__u32 field;

	if (load_bytes(packet, offset, (__u8 *)&field, sizeof(field)))
		return 1;
	*value = to_be32(field);
	return 0;
}

/*
 * The same value, of which the verifier knows nothing any more (two changes of
 * byte order): else it would go through a loop for each value that it can tell
 * from others.
 */
static always_inline __u32 any_u32(__u32 value)
{
	asm volatile("%0 = be32 %0\n%0 = be32 %0" : "+r"(value));
	return value;
}

#include "expression.h"

#ifdef FILTER_SEED

static always_inline int matches(__u64 skb)
{
	struct filter_packet packet = {};

	if (!find_packet(&packet, skb))
		return 0;
#ifndef FILTER_RAW
	if (has_tag(skb)) {
		packet.tagged = 1;
		return filter(&packet);
	}
#endif
	return filter(&packet);
}

#else

/* The filter stands twice in the program, so that few pay for tags. */
static always_inline int matches(struct __sk_buff *skb)
{
	struct filter_packet packet = {};

	find_packet(&packet, skb);
#ifndef FILTER_RAW
	if (skb->vlan_present) {
		packet.tagged = 1;
		return filter(&packet);
	}
#endif
	return filter(&packet);
}

#endif

#endif /* FILTER_H */
