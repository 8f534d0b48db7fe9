/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Packets where XDP programs see them. A program is given a struct xdp_buff (net/xdp.h) and
 * no sk_buff. So a packet is tracked by the address of its first byte, which stays the same
 * until a program changes it, also in a struct xdp_frame (redirected) and in the sk_buff that
 * is built of it: eth_type_trans() gets that one. Such an address is no sk_buff's, and is a
 * key of skb_map like these.
 *
 * Drivers use a buffer again at once, so an address alone proves nothing. What the last
 * program has left is noted (xdp_left), and the packet that is met must be like that. Each
 * packet of the device comes by the program first: when that meets a packet which passed, or
 * which is another one now, the old one was lost sight of.
 *
 * Where an sk_buff is there before (generic XDP, veth), that is what is tracked. A program is
 * run on its CPU right behind the function that gets the sk_buff, whose data it is given.
 */
#ifndef XDP_H
#define XDP_H

#include <linux/if_ether.h>

#include "bpfpath.h"
#include "bytes.h"
#include "constants.h"
#include "flow.h"
#include "forget.h"
#include "helpers.h"
#include "map_xdp.h"
#include "maps.h"
#include "read.h"
#include "report.h"
#include "step.h"
#include "target.h"
#include "where.h"
#include "wire.h"

#define FRAME_TAGS	2	/* of VLANs, in the packet */
#define LEFT_NS		1000000000ULL	/* it is met again within that time, or never */

/* A packet in the kernel's memory. */
struct frame_at {
	__u64 data, end;	/* addresses */
	__u64 dev;		/* struct net_device; or 0 */
};

static always_inline struct xdp_run *xdp_this_run(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&xdp_run, &zero);
}

static always_inline void frame_of_xdp(struct frame_at *at, __u64 xdp)
{
	at->data = read_u64(xdp, OFFSET(xdp_buff, data));
	at->end = read_u64(xdp, OFFSET(xdp_buff, data_end));
	at->dev = read_u64(read_u64(xdp, OFFSET(xdp_buff, rxq)),
			   OFFSET(xdp_rxq_info, dev));
}

/* ---------------------------------------------------------------- events */

/* Fills the flow, all 0 before, of a frame of Ethernet. As read_flow(). */
hidden __u32 frame_flow(struct flow *flow, __u64 data, __u64 end)
{
	__u16 type = read_u16(data, TAG_OFFSET);
	__u64 header = data + ETHER_LEN;

#pragma unroll
	for (int i = 0; i < FRAME_TAGS; i++) {
		if (type != to_be16(ETH_P_8021Q) && type != to_be16(ETH_P_8021AD))
			break;
		type = read_u16(header, sizeof(type));
		header += TAG_LEN;
	}
	if (type == to_be16(ETH_P_IP))
		return read_flow4(flow, header, end);
	if (type == to_be16(ETH_P_IPV6))
		read_flow6(flow, header, end);
	return NO_IDENT;
}

static always_inline void frame_capture(struct event *event, const struct frame_at *at)
{
	struct capture *to = (struct capture *)(event + 1);
	__u32 len = at->end - at->data;

	to->link_type = LINKTYPE_ETHERNET;
	to->size = len;
	to->len = copy_bytes(to, 0, at->data, len);
}

/* Ends the event of a frame, which has no sk_buff: @address is told in its place. */
static always_inline void describe_frame(struct event *event, __u64 address,
					 const struct frame_at *at, __u32 number)
{
	event->skb = address;
	event->cpu = bpf_get_smp_processor_id();
	who_runs(event);
	event->len = at->end - at->data;
	if (at->dev)
		where_is(event, 0, at->dev);
	read_ident(event, frame_flow(&event->flow, at->data, at->end));
	if (VALUE(read_ring) && VALUE(with_bytes))
		frame_capture(event, at);
	if (VALUE(read_ring) && fields_size())
		take_fields(0, (void *)(event + 1) + fields_at());
	event_end(event, number);
}

static always_inline void no_stack(struct event *event)
{
	struct kernel_stack *stack = (void *)(event + 1) + stack_at();

	stack->count = 0;
	stack->zero = 0;
}

/* A step of a frame; @family: where it ends, else 0. Its stack is not told. */
static always_inline struct event *begin_frame_step(struct packet *packet,
						    const struct family_counts *family,
						    __u32 reason)
{
	int stacked = VALUE(with_stack) == STACKS_ALL;
	struct event *event = begin_step(stacked, packet, KP_NUM, 0, reason);

	if (event && family) {
		event->derived = family->derived;
		event->lost = family->lost;
	}
	if (event && VALUE(read_ring) && stacked)
		no_stack(event);
	return event;
}

/* ---------------------------------------------------------------- what was left */

static always_inline void read_left(struct xdp_left *left, const struct frame_at *at)
{
	__u64 len = at->end - at->data;

	__builtin_memset(left, 0, sizeof(*left));
	left->dev = at->dev;
	left->len = len;
	if (len >= sizeof(left->words)) {
		read_kernel(left->words, sizeof(left->words), (void *)at->data);
		return;
	}
	asm volatile("" : "+r"(len));
	read_kernel(left->words, len & (sizeof(left->words) - 1), (void *)at->data);
}

/* Is the packet that is there now like the one that was left there? */
hidden int is_as_left(const struct xdp_left *left, const struct frame_at *at)
{
	struct xdp_left now;
	__u64 differ;

	read_left(&now, at);
	differ = now.len ^ left->len;
#pragma unroll
	for (int i = 0; i < LEFT_WORDS; i++)
		differ |= now.words[i] ^ left->words[i];
	return !differ && bpf_ktime_get_ns() - left->ns < LEFT_NS;
}

static always_inline struct family_counts *family_of(const struct packet *packet)
{
	__u32 number = packet->number;

	return bpf_map_lookup_elem(&family_map, &number);
}

/* Takes the packet with that key out of the maps. */
static always_inline void forget_frame(__u64 key, const struct packet *packet)
{
	__u32 number = packet->number;

	bpf_map_delete_elem(&xdp_left, &key);
	forget(key, family_of(packet), number);
}

/* The packet with that key was lost sight of: there is another one now. */
hidden void lose_frame(__u64 key)
{
	struct packet *packet = bpf_map_lookup_elem(&skb_map, &key);

	if (packet)
		forget_frame(key, packet);
	else
		bpf_map_delete_elem(&xdp_left, &key);
}

/* The tracked packet @from has the key @to from now on. Gives it there, or NULL. */
static always_inline struct packet *move_packet_key(__u64 from, __u64 to)
{
	struct packet *packet = bpf_map_lookup_elem(&skb_map, &from);
	struct packet copy;

	if (!packet || from == to)
		return packet;
	copy = *packet;
	lose_frame(to);
	if (bpf_map_update_elem(&skb_map, &to, &copy, BPF_NOEXIST)) {
		forget_frame(from, &copy);
		return 0;
	}
	bpf_map_delete_elem(&xdp_left, &from);
	bpf_map_delete_elem(&skb_map, &from);
	return bpf_map_lookup_elem(&skb_map, &to);
}

#endif /* XDP_H */
