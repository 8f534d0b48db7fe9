/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Twins (struct sk_buff_fclones, net/core/skbuff.c): TCP has an sk_buff allocated
 * together with room for a clone of it. The first one, the original, waits in
 * the socket's queue until it is acknowledged; clones are what is sent, the
 * second one as long as it is free. Nothing of this is known without BTF.
 */
#ifndef FCLONE_H
#define FCLONE_H

#include "kernel.h"
#include "read.h"

#define FCLONE_NONE	0	/* sk_buff.fclone: not one of two, … */
#define FCLONE_ORIGINAL	1	/* … SKB_FCLONE_ORIG … */
#define FCLONE_CLONE	2	/* … and SKB_FCLONE_CLONE of linux/skbuff.h */

#if defined(BIT_SK_BUFF_FCLONE) && defined(OFF_SK_BUFF_FCLONES_SKB2) && \
	defined(OFF_SK_BUFF_FCLONES_FCLONE_REF) && \
	__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

static always_inline int fclone_of(__u64 skb)
{
	return read_u8(skb, BIT_SK_BUFF_FCLONE / 8) >> BIT_SK_BUFF_FCLONE % 8 &
	       ((1 << WIDTH_SK_BUFF_FCLONE) - 1);
}

/* The original of @skb, the count of both says that it is in use; else 0. */
static always_inline __u64 original_of(__u64 skb)
{
	__u64 original = skb - OFF_SK_BUFF_FCLONES_SKB2;

	return fclone_of(skb) == FCLONE_CLONE &&
			       read_u32(original,
					OFF_SK_BUFF_FCLONES_FCLONE_REF) == 2 ?
		       original :
		       0;
}

#else
#define fclone_of(skb)		((void)(skb), FCLONE_NONE)
#define original_of(skb)	((void)(skb), 0)
#endif

#endif /* FCLONE_H */
