/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Twins (struct sk_buff_fclones, net/core/skbuff.c): TCP has an sk_buff allocated
 * together with room for a clone of it. The first one, the original, waits in
 * the socket's queue until it is acknowledged; clones are what is sent, and the
 * second one is taken for them while it is free. Without BTF nothing of this is known.
 */
#ifndef FCLONE_H
#define FCLONE_H

#include "constants.h"
#include "helpers.h"
#include "read.h"

#define FCLONE_ORIGINAL	1	/* sk_buff.fclone: SKB_FCLONE_ORIG … */
#define FCLONE_CLONE	2	/* … and SKB_FCLONE_CLONE of linux/skbuff.h */

static always_inline int fclone_of(__u64 skb)
{
	return READ_BITS(skb, sk_buff, fclone);
}

/* The original of @skb, if the reference count of the two says that it is in use; or 0. */
static always_inline __u64 original_of(__u64 skb)
{
	__u64 original = skb - OFFSET(sk_buff_fclones, skb2);
	__u64 count = OFFSET(sk_buff_fclones, fclone_ref);

	if (!count || fclone_of(skb) != FCLONE_CLONE)
		return 0;
	return read_u32(original, count) == 2 ? original : 0;
}

#endif /* FCLONE_H */
