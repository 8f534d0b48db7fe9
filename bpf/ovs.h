/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Open vSwitch's tracepoints (net/openvswitch/openvswitch_trace.h, Linux 5.16): steps that
 * also tell what is done with the packet, and by which flow key. KP_ROLE is ROLE_OVS_….
 *	ovs_do_execute_action(dp, skb, key, action, rem)
 *	ovs_dp_upcall(dp, skb, key, upcall_info)
 */
#ifndef OVS_H
#define OVS_H

#include <linux/netlink.h>

#include "bpfpath.h"
#include "constants.h"
#include "device.h"
#include "helpers.h"
#include "read.h"
#include "step.h"
#include "target.h"

#define VPORT_BUCKETS	1024	/* net/openvswitch/datapath.h: DP_VPORT_HASH_BUCKETS */
#define VPORT_CHAIN	4	/* ports of one bucket that are looked at */
#define ACTION_OUTPUT	1	/* linux/openvswitch.h: OVS_ACTION_ATTR_OUTPUT */

/* The struct vport of that number (ovs_lookup_vport()), or 0. */
static always_inline __u64 vport_of(__u64 dp, __u32 port)
{
	__u64 node = read_u64(dp, OFFSET(datapath, ports));

	node = read_u64(node, 8 * (port % VPORT_BUCKETS));
	for (int i = 0; node && i < VPORT_CHAIN; i++) {
		__u64 vport = node - OFFSET(vport, dp_hash_node);

		if (read_u16(vport, OFFSET(vport, port_no)) == port)
			return vport;
		node = read_u64(node, 0);
	}
	return 0;
}

static always_inline void note_port(struct event *event, __u64 dp, __u32 port)
{
	__u64 vport = vport_of(dp, port);
	__u64 dev = vport ? read_u64(vport, OFFSET(vport, dev)) : 0;

	event->to_ifindex = dev ? read_u32(dev, OFFSET(net_device, ifindex)) : 0;
	event->to_netns = dev ? device_netns(dev) : 0;
}

static always_inline void note_upcall(struct event *event, __u64 dp, __u64 key, __u64 info)
{
	__u32 port = read_u16(key, OFFSET(sw_flow_key, phy__in_port));

	event->reason = read_u8(info, OFFSET(dp_upcall_info, cmd));
	event->ovs = port;
	note_port(event, dp, port);
}

/* Its argument: what follows the header of the attribute, 4 bytes of it. */
static always_inline void note_action(struct event *event, __u64 dp, __u64 action)
{
	__u32 argument = read_u32(action, sizeof(struct nlattr));

	event->reason = read_u16(action, __builtin_offsetof(struct nlattr, nla_type)) &
			NLA_TYPE_MASK;
	event->ovs = argument;
	event->to_ifindex = 0;
	if (event->reason == ACTION_OUTPUT)
		note_port(event, dp, argument);
}

static always_inline void report_ovs(__u64 *args, int stacked, struct packet *packet,
				     __u64 skb)
{
	__u64 dp = nth(args, 1), key = nth(args, 3), what = nth(args, 4);
	__u32 number = packet->number;
	struct event *event = begin_step(stacked, packet, KP_NUM, 0, 0);

	if (!event)
		return;
	if (KP_ROLE == ROLE_OVS_UPCALL)
		note_upcall(event, dp, key, what);
	else
		note_action(event, dp, what);
	event->recirc_id = read_u32(key, OFFSET(sw_flow_key, recirc_id));
	event->ovs |= (__u64)read_u32(key, OFFSET(sw_flow_key, ovs_flow_hash)) << 32;
	describe_step(args, stacked, event, skb, number, (__u64)args);
}

hidden void ovs_step(__u64 *args)
{
	__u64 skb = nth(args, KP_ARG);
	struct packet *packet = bpf_map_lookup_elem(&skb_map, &skb);

	if (!packet)
		return;
	if (VALUE(with_stack) == STACKS_ALL)
		report_ovs(args, 1, packet, skb);
	else
		report_ovs(args, 0, packet, skb);
}

#endif /* OVS_H */
