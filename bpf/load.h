/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What filters read packets with: numbers in host byte order. Not 0: they lie
 * beyond the end of the packet. With FILTER_SEED the packet is an sk_buff that a
 * probe has got (filter_seed.h), else a classifier's context (filter_skb.h).
 */
#ifndef LOAD_H
#define LOAD_H

#ifdef FILTER_SEED
#include "filter_seed.h"
#else
#include "filter_skb.h"
#endif

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

#endif /* LOAD_H */
