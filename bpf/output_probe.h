/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An output probe: a probe on a function that packets made on this machine pass. It
 * looks at them as a classifier does. At that point a packet has its headers, and
 * routing, netfilter, neighbour and queue still before it. Constants say which packets
 * are wanted (constants.def).
 */
#ifndef OUTPUT_PROBE_H
#define OUTPUT_PROBE_H

#define FILTER_OUTPUT	1

#include "bpfpath.h"
#include "constants.h"
#include "device.h"
#include "filter.h"
#include "helpers.h"
#include "map_outputs.h"
#include "maps.h"
#include "packet.h"
#include "part.h"
#include "process.h"
#include "read.h"
#include "select.h"
#include "target.h"
#include "wanted_device.h"
#include "wire.h"

#define TCP_TIME_WAIT		6	/* include/net/tcp_states.h: what is … */
#define TCP_NEW_SYN_RECV	12	/* … no struct sock as a whole */

/*
 * Has an earlier output probe looked at it? A packet passes them in the order of their
 * stages: when the stage does not grow, it is another packet at the same address.
 */
static always_inline int is_looked_at(struct looked *last, __u64 skb,
				      __u32 stage)
{
	if (last->skb != skb || last->stage >= stage)
		return 0;
	last->stage = stage;
	return 1;
}

/* The socket as sk_to_full_sk() finds it; for a SYN-ACK that is the listener. */
static always_inline __u64 sending_socket(const __u8 *part)
{
	__u64 sk = part_u64(part, OFFSET(sk_buff, sk));
	__u8 sk_state = read_u8(sk, OFFSET(sock, __sk_common__skc_state));

	if (sk_state == TCP_TIME_WAIT)
		return 0;
	return sk_state == TCP_NEW_SYN_RECV ?
		       read_u64(sk, OFFSET(request_sock,
					   __req_common__skc_listener)) :
		       sk;
}

static always_inline int is_wanted_uid(const __u8 *part)
{
	__u64 sk;

	if (!VALUE(with_uid))
		return 1;
	sk = sending_socket(part);
	return sk && read_u32(sk, OFFSET(sock, sk_uid)) == VALUE(want_uid);
}

static always_inline int is_wanted_comm(void)
{
	__u64 comm[NAME_WORDS] = {};

	if (!VALUE(with_comm))
		return 1;
	bpf_get_current_comm(comm, sizeof(comm));
	return comm[0] == VALUE(want_comm0) && comm[1] == VALUE(want_comm1);
}

/*
 * A packet that an interrupt makes is not made for the process that it has interrupted.
 * @stack: see is_in_process().
 */
static always_inline int is_wanted_process(__u64 stack)
{
	if (!VALUE(want_pid) && !VALUE(with_comm))
		return 1;
	if (!is_in_process(bpf_get_current_task(), stack))
		return 0;
	if (VALUE(want_pid) &&
	    bpf_get_current_pid_tgid() >> 32 != VALUE(want_pid))
		return 0;
	return is_wanted_comm();
}

/* Is the packet's link-layer header not there yet, or never to come? */
static always_inline int begins_at_network_header(const __u8 *part)
{
	return part_u64(part, OFFSET(sk_buff, data)) ==
	       part_u64(part, OFFSET(sk_buff, head)) +
		       part_u16(part, OFFSET(sk_buff, network_header));
}

/*
 * The device that the packet leaves by; 0: none. While IP has the packet, its route
 * tells: dev may still be the tunnel that has just put it into another packet. Else
 * it is the packet's own device.
 */
static always_inline __u64 leaving_by(const __u8 *part)
{
	__u64 dev = 0;

	if (begins_at_network_header(part))
		dev = dst_device(part_u64(part, OFFSET(sk_buff, _skb_refdst)));
	return dev ? dev : part_u64(part, OFFSET(sk_buff, dev));
}

/* 1: no link-layer header, 0: one of Ethernet, -1: another, or a missing one is needed. */
static always_inline int form_of(const __u8 *part, __u64 dev)
{
	if (!begins_at_network_header(part))
		return is_ether(dev) ? 0 : -1;
	return VALUE(needs_l2) && is_ether(dev) ? -1 : 1;
}

/* A packet that an output probe looks at. */
struct made {
	struct filter_packet packet;
	__u64 dev;		/* that it is to leave by */
	enum hook hook;
};

/*
 * Does this output probe look at packets, too, that have arrived, or that an earlier one
 * has looked at?
 */
static always_inline int is_passing_stage(__u32 stage)
{
	return VALUE(passing_stage) && stage == VALUE(passing_stage);
}

/*
 * Fills *made and returns the form of @skb, as form_of() has it, if the packet is one that
 * is asked for; the filter has still to be run. The hook is changed only where a packet
 * passes through. Only this function needs the stack for what is read of the sk_buff.
 */
hidden int find_made(__u64 skb, struct made *made, struct looked *last,
		     __u64 stack, __u32 stage)
{
	__u8 part[PART_MAX] __attribute__((aligned(8)));
	__u64 dev;
	int form;

	if (read_part(part, skb))
		return -1;
	if (part_u32(part, OFFSET(sk_buff, skb_iif))) {
		if (!is_passing_stage(stage))
			return -1;
		made->hook = HOOK_EGRESS;
	}
	dev = leaving_by(part);
	form = dev && is_wanted_device(dev) ? form_of(part, dev) : -1;
	if (form < 0)
		return -1;
	last->skb = skb;
	last->stage = stage;
	made->dev = dev;
	if (!is_wanted_mark(part_u32(part, OFFSET(sk_buff, mark))) ||
	    !is_wanted_uid(part) || !is_wanted_process(stack) ||
	    find_packet(&made->packet, skb, part, form))
		return -1;
	return form;
}

/*
 * Selects @skb if it is a packet that is asked for. @stage: which of the output probes
 * on a packet's way this is, from 1; 0: it is none. @stack: see is_in_process().
 */
hidden void select_output(__u64 skb, __u64 stack, __u32 stage)
{
	struct made made;
	const __u32 key = 0;
	struct looked *last;
	int form;

	if (!stage || !selecting())
		return;
	last = bpf_map_lookup_elem(&looked, &key);
	made.hook = HOOK_OUTPUT;
	if (!last)
		return;
	if (is_looked_at(last, skb, stage)) {
		if (!is_passing_stage(stage))
			return;
		made.hook = HOOK_EGRESS;
	}
	form = find_made(skb, &made, last, stack, stage);
	if (form < 0)
		return;
	if (!matches(&made.packet, form))
		count_unread(&made.packet);
	else if (!is_wanted_skb(skb))
		last->skb = 0;	/* a later probe may find it with other members */
	else if (!is_tracked(skb))
		select(skb, made.dev, made.hook, stack);
}

/*
 * The first look of a probe that may be an output probe: most of the time there is
 * nothing to do.
 */
static always_inline int nothing_to_do(void)
{
	return !state.tracked && !(KP_STAGE && selecting());
}

#endif /* OUTPUT_PROBE_H */
