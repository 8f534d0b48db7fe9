/* SPDX-License-Identifier: GPL-2.0-only */
/* The interface that an sk_buff is at, or is to leave by, and the namespace of that. */
#ifndef DEVICE_H
#define DEVICE_H

#include "constants.h"
#include "fclone.h"
#include "helpers.h"
#include "read.h"

static always_inline __u32 read_netns(__u64 net)
{
	return net ? read_u32(net, OFFSET(net, ns__inum)) : 0;
}

/* Made here, and not arrived at an interface since. */
static always_inline int is_made_here(__u64 skb)
{
	return !read_u32(skb, OFFSET(sk_buff, skb_iif));
}

static always_inline __u32 device_netns(__u64 dev)
{
	return read_netns(read_u64(dev, OFFSET(net_device, nd_net__net)));
}

/* Of an sk_buff's route (include/net/dst.h), whose last bits are flags; or 0. */
static always_inline __u64 dst_device(__u64 refdst)
{
	__u64 dst = refdst & ~3ULL;

	return dst ? read_u64(dst, OFFSET(dst_entry, dev)) : 0;
}

/*
 * The struct net_device at which it is, or is to leave; 0: none. One that TCP
 * keeps in a tree has something else in these members (union in struct sk_buff).
 */
static always_inline __u64 device_of(__u64 skb)
{
	__u64 dev;

	if (!VALUE(have_layout) || fclone_of(skb) == FCLONE_ORIGINAL)
		return 0;
	dev = read_u64(skb, OFFSET(sk_buff, dev));
	return dev || !is_made_here(skb) ? dev :
		dst_device(read_u64(skb, OFFSET(sk_buff, _skb_refdst)));
}

#endif /* DEVICE_H */
