/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The part of an sk_buff that has all that an output probe looks at: from its device
 * to the address of its data. It is read at once, since each read costs a call.
 */
#ifndef PART_H
#define PART_H

#include "constants.h"
#include "helpers.h"
#include "wire.h"

#define PART_MAX	208	/* bytes: the verifier refuses a larger one */

static always_inline __u64 part_start(void)
{
	return OFFSET(sk_buff, dev) & ~7ULL;
}

/* @part: PART_MAX bytes, on a word. Not 0: there is no sk_buff. */
static always_inline int read_part(__u8 *part, __u64 skb)
{
	__u64 len = OFFSET(sk_buff, data) + 8 - part_start();

	return !!read_kernel(part, len, (void *)(skb + part_start()));
}

/*
 * The place in the part of the member that is at @offset of the sk_buff. The compiler
 * must add to the address: the verifier takes neither "-" nor "|" of one.
 */
static always_inline const void *part_at(const __u8 *part, __u64 offset)
{
	__u64 at = offset - part_start();

	asm volatile("" : "+r"(at));
	return part + at;
}

static always_inline __u8 part_u8(const __u8 *part, __u64 offset)
{
	return *(const __u8 *)part_at(part, offset);
}

static always_inline __u16 part_u16(const __u8 *part, __u64 offset)
{
	return *(const __u16 *)part_at(part, offset);
}

static always_inline __u32 part_u32(const __u8 *part, __u64 offset)
{
	return *(const __u32 *)part_at(part, offset);
}

static always_inline __u64 part_u64(const __u8 *part, __u64 offset)
{
	return *(const __u64 *)part_at(part, offset);
}

/* Does the sk_buff keep a tag? From 6.2 on when it is not all 0. */
static always_inline int has_tag(const __u8 *part)
{
	if (OFFSET(sk_buff, __pkt_vlan_present_offset))
		return part_u8(part, OFFSET(sk_buff, __pkt_vlan_present_offset)) &
		       VLAN_PRESENT;
	return part_u16(part, OFFSET(sk_buff, vlan_proto)) ||
	       part_u16(part, OFFSET(sk_buff, vlan_tci));
}

#endif /* PART_H */
