/* SPDX-License-Identifier: GPL-2.0-only */
/* What an event says of its packet: where it is at that moment, and what it is like. */
#ifndef WHERE_H
#define WHERE_H

#include "bpfpath.h"
#include "conntrack.h"
#include "constants.h"
#include "device.h"
#include "flow.h"
#include "helpers.h"
#include "read.h"
#include "who.h"

/* Interface and namespace; without a device the socket knows the namespace. */
static always_inline void where_is(struct event *event, __u64 skb, __u64 dev)
{
	__u64 sk;

	if (dev) {
		read_kernel(event->ifname, NAME_LEN,
			    (void *)(dev + OFFSET(net_device, name)));
		event->ifindex = read_u32(dev, OFFSET(net_device, ifindex));
		event->netns = device_netns(dev);
		return;
	}
	sk = read_u64(skb, OFFSET(sk_buff, sk));
	if (sk)
		event->netns = read_netns(read_u64(
			sk, OFFSET(sock, __sk_common__skc_net__net)));
}

/* IPv4's identification is told when it is asked for. */
static always_inline void read_ident(struct event *event, __u32 ident)
{
	if (VALUE(with_id))
		event->ident = ident;
}

/* @dev: the struct net_device that counts, see device_of(). */
static always_inline void describe(struct event *event, __u64 skb, __u64 dev)
{
	event->skb = skb;
	event->cpu = bpf_get_smp_processor_id();
	who_runs(event);
	if (!VALUE(have_layout))
		return;
	event->len = read_u32(skb, OFFSET(sk_buff, len));
	event->mark = read_u32(skb, OFFSET(sk_buff, mark));
	read_conntrack(event, skb);
	where_is(event, skb, dev);
	read_ident(event, read_flow(&event->flow, skb));
}

#endif /* WHERE_H */
