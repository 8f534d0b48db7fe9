/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads numbers of a packet, in host byte order. Not 0: they lie beyond its end. The
 * including file has filter_load() (packet.h).
 */
#ifndef LOAD_H
#define LOAD_H

#include "helpers.h"
#include "packet.h"
#include "read.h"
#include "wire.h"

__s64 filter_load(const struct filter_packet *packet, __u64 offset, __u32 size);

static always_inline int load(const struct filter_packet *packet, __u64 offset,
			      __u32 size, __u32 *value)
{
	__s64 number = filter_load(packet, offset, size);

	*value = number;
	return number < 0;
}

static always_inline int load_u8(const struct filter_packet *packet,
				 __u64 offset, __u32 *value)
{
	return load(packet, offset, 1, value);
}

static always_inline int load_u16(const struct filter_packet *packet,
				  __u64 offset, __u32 *value)
{
	return load(packet, offset, 2, value);
}

/*
 * The address of the head's byte @at. The compiler must add to the address: the
 * verifier takes no "or" of one.
 */
static always_inline __u64 head_at(const struct filter_packet *packet, __u64 at)
{
	__u64 head = (__u64)packet->head;

	asm volatile("" : "+r"(head));
	return head + at;
}

/* Declares that the packet's first bytes lie in the head, from its byte @begin on. */
static always_inline void begin_head(struct filter_packet *packet, __u32 begin)
{
	packet->at = address_of(packet->head) + begin;
	packet->head_len = packet->reach < HEAD_LEN ? packet->reach : HEAD_LEN;
}

/* Makes the packet TAG_LEN longer: what stood at TAG_OFFSET stands TAG_LEN further on. */
static always_inline void make_room_for_tag(struct filter_packet *packet)
{
	packet->start -= TAG_LEN;
	packet->len += TAG_LEN;
	packet->reach += TAG_LEN;
}

/* The number of which @bytes has the @size bytes, in network byte order. */
static always_inline __u32 number_of(__u32 bytes, __u32 size)
{
	return to_be32(bytes) >> (32 - 8 * size);
}

#endif /* LOAD_H */
