/* SPDX-License-Identifier: GPL-2.0-only */
/* What an event says of its packet: where it is at that moment, and how it is. */
#ifndef WHERE_H
#define WHERE_H

#include "bpfpath.h"
#include "fclone.h"
#include "kernel.h"
#include "read.h"

#ifdef NO_LAYOUT
#define BLIND	/* it is not known where the kernel keeps what */
#endif

#ifndef BLIND

#include "flow.h"

static always_inline __u32 read_netns(__u64 net)
{
	return net ? read_u32(net, OFF_NET_NS_INUM) : 0;
}

/* Made here, and not arrived at an interface since. */
static always_inline int is_made_here(__u64 skb)
{
	return !read_u32(skb, OFF_SK_BUFF_SKB_IIF);
}

static always_inline __u32 device_netns(__u64 dev)
{
	return read_netns(read_u64(dev, OFF_NET_DEVICE_ND_NET_NET));
}

/* Of an sk_buff's route (include/net/dst.h), whose last bits are flags; or 0. */
static always_inline __u64 dst_device(__u64 refdst)
{
	__u64 dst = refdst & ~3ULL;

	return dst ? read_u64(dst, OFF_DST_ENTRY_DEV) : 0;
}

/*
 * The struct net_device at which it is, or is to leave; 0: none. One that TCP
 * keeps in a tree has something else in these members (union in struct sk_buff).
 */
static always_inline __u64 device_of(__u64 skb)
{
	__u64 dev = read_u64(skb, OFF_SK_BUFF_DEV);

	if (fclone_of(skb) == FCLONE_ORIGINAL)
		return 0;
	return dev || !is_made_here(skb) ? dev :
		dst_device(read_u64(skb, OFF_SK_BUFF__SKB_REFDST));
}

/* Interface and namespace; without a device the socket knows the namespace. */
static always_inline void where_is(struct event *event, __u64 skb, __u64 dev)
{
	__u64 sk;

	if (dev) {
		read_kernel(event->ifname, NAME_LEN,
			    (void *)(dev + OFF_NET_DEVICE_NAME));
		event->ifindex = read_u32(dev, OFF_NET_DEVICE_IFINDEX);
		event->netns = device_netns(dev);
		return;
	}
	sk = read_u64(skb, OFF_SK_BUFF_SK);
	if (sk)
		event->netns = read_netns(read_u64(sk,
					  OFF_SOCK___SK_COMMON_SKC_NET_NET));
}

#else
#define device_of(skb)	0
#endif

/* The thread that runs: in an interrupt, the one that is interrupted. */
static always_inline void who_runs(struct event *event)
{
#ifndef CLASSIFIER	/* the kernel lets a classifier not ask */
	event->pid = bpf_get_current_pid_tgid();	/* lower half */
	bpf_get_current_comm(event->comm, sizeof(event->comm));
#else
	(void)event;
#endif
}

/* IPv4's identification is told when it is asked for. */
static always_inline void read_ident(struct event *event, __u32 ident)
{
#ifdef WITH_ID
	event->ident = ident;
#else
	(void)event;
	(void)ident;
#endif
}

#ifdef READ_PIPE
/* A line has no room for it. */
#define describe(event, skb, dev)	((void)(skb), (void)(dev))
#else

/* @dev: the struct net_device that counts, see device_of(). */
static always_inline void describe(struct event *event, __u64 skb, __u64 dev)
{
	event->skb = skb;
	event->cpu = bpf_get_smp_processor_id();
	who_runs(event);
#ifndef BLIND
	event->len = read_u32(skb, OFF_SK_BUFF_LEN);
	event->mark = read_u32(skb, OFF_SK_BUFF_MARK);
	where_is(event, skb, dev);
	read_ident(event, read_flow(&event->flow, skb));
#else
	(void)dev;
#endif
}

#endif

#endif /* WHERE_H */
