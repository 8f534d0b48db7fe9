// SPDX-License-Identifier: GPL-2.0-only
/*
 * An XDP program of somebody else begins: a packet that matches is selected. Or a function
 * that leads to such a program, or away from it; KP_ROLE is its role (xdp.h).
 */
#define FILTER_XDP	1

#include "bpfpath.h"
#include "constants.h"
#include "derived.h"
#include "filter.h"
#include "helpers.h"
#include "packet.h"
#include "read.h"
#include "select.h"
#include "target.h"
#include "wanted_device.h"
#include "xdp.h"

/* ---------------------------------------------------------------- a program begins */

/* Does that sk_buff have the data that the program is given? */
static always_inline int has_data(__u64 skb, __u64 data)
{
	__u64 head = read_u64(skb, OFFSET(sk_buff, head));

	return head + read_u16(skb, OFFSET(sk_buff, mac_header)) == data;
}

hidden int matches_frame(const struct frame_at *at)
{
	struct filter_packet packet;
	int form;

	if (!is_wanted_device(at->dev) || !is_wanted_mark(0))
		return 0;
	form = received_form(at->dev);
	if (form < 0 || find_packet(&packet, at->dev, at->data, at->end, form))
		return 0;
	return matches(&packet, form);
}

static always_inline void select_frame(__u64 key, const struct frame_at *at)
{
	__u32 number = note_selected(key);
	struct event *event;

	if (!number)
		return;
	event = bytes_begin(number, FUNC_SELECTED);
	if (event) {
		event->hook = HOOK_INGRESS;
		describe_frame(event, key, at, number);
	}
	__sync_fetch_and_add(&state.tracked, 1);
}

/* @skb: the sk_buff that it is, or 0. */
static always_inline void look_at_frame(__u64 skb, const struct frame_at *at)
{
	__u64 key = skb ? skb : at->data;

	if (is_tracked(key) || !matches_frame(at))
		return;
	if (skb && is_wanted_skb(skb))
		select(skb, at->dev, HOOK_INGRESS, 0);
	else if (!skb && !VALUE(want_skb))
		select_frame(key, at);
}

/*
 * A frame that was left there and comes to a program again has been redirected, to another
 * program or to one at another device; and is as it was left.
 */
static always_inline void look_for_left(const struct frame_at *at)
{
	__u64 data = at->data;
	struct xdp_left *left = bpf_map_lookup_elem(&xdp_left, &data);

	if (!left)
		return;
	if (left->verdict != XDP_REDIRECT ||
	    (left->num == KP_NUM && left->dev == at->dev) || !is_as_left(left, at))
		lose_frame(data);
}

static always_inline void program_begins(__u64 xdp)
{
	struct xdp_run *run = xdp_this_run();
	struct frame_at at;
	__u64 skb;

	if (!run)
		return;
	frame_of_xdp(&at, xdp);
	skb = run->noted;
	if (skb && !has_data(skb, at.data))
		skb = 0;
	run->noted = 0;
	run->xdp = xdp;
	run->key = skb ? skb : at.data;
	run->runner = skb ? run->noted_runner : XDP_FRAME;
	if (state.tracked && !skb)
		look_for_left(&at);
	if (VALUE(at_xdp) && selecting())
		look_at_frame(skb, &at);
}

/* ---------------------------------------------------------------- before a program */

static always_inline void note_skb(__u64 skb, __u32 runner)
{
	struct xdp_run *run = xdp_this_run();

	if (!run)
		return;
	run->noted = skb;
	run->noted_runner = runner;
}

/*
 * The packet that is about to come to a program is copied for it. Where veth_xdp_rcv_skb() has
 * no probe, any copy of a tracked packet may be for that: has_data() will tell.
 */
static always_inline void note_copy(__u64 skb, __u64 old)
{
	struct xdp_run *run = xdp_this_run();

	if (!run || (run->noted != old && !is_tracked(old)))
		return;
	if (run->noted != old)
		run->noted_runner = XDP_VETH;
	run->noted = skb;
}

/* ---------------------------------------------------------------- behind a program */

/* An sk_buff is built, whose data are the frame's. */
static always_inline void frame_becomes(__u64 skb, __u64 dev)
{
	struct frame_at at = {
		.data = read_u64(skb, OFFSET(sk_buff, data)),
		.end = linear_end(skb),
		.dev = dev,
	};
	__u64 data = at.data;
	struct xdp_left *left = bpf_map_lookup_elem(&xdp_left, &data);
	struct packet *packet;
	struct event *event;

	if (!left)
		return;
	if ((left->verdict == XDP_PASS && left->dev != dev) || !is_as_left(left, &at)) {
		lose_frame(data);
		return;
	}
	forget_stale(skb);
	packet = move_packet_key(data, skb);
	if (!packet)
		return;
	event = begin_frame_step(packet, 0, 0);
	if (event)
		describe_frame(event, skb, &at, packet->number);
}

/* The frame is given back: that is its end. */
static always_inline void frame_ends(__u64 frame)
{
	__u64 data = read_u64(frame, OFFSET(xdp_frame, data));
	struct xdp_left *left = bpf_map_lookup_elem(&xdp_left, &data);
	struct packet *packet = left ? bpf_map_lookup_elem(&skb_map, &data) : 0;
	struct frame_at at = { .data = data };
	struct event *event;

	if (!packet)
		return;
	at.end = data + left->len;
	at.dev = left->dev;
	event = begin_frame_step(packet, family_of(packet), 0);
	if (event)
		describe_frame(event, data, &at, packet->number);
	forget_frame(data, packet);
}

SEC("fentry/" STRING(KP_NAME))
int probe(__u64 *args)
{
	if (!state.tracked && !(VALUE(at_xdp) && KP_ROLE <= ROLE_XDP_COPY && selecting()))
		return 0;
	if (KP_ROLE == ROLE_XDP_ENTER)
		program_begins(nth(args, 1));
	else if (KP_ROLE == ROLE_XDP_GENERIC)
		note_skb(nth(args, KP_ARG), XDP_GENERIC);
	else if (KP_ROLE == ROLE_XDP_VETH)
		note_skb(nth(args, KP_ARG), XDP_VETH);
	else if (KP_ROLE == ROLE_XDP_COPY)
		note_copy(nth(args, 1), nth(args, 2));
	else if (KP_ROLE == ROLE_XDP_JOIN)
		frame_becomes(nth(args, 1), nth(args, 2));
	else if (KP_ROLE == ROLE_XDP_FREE)
		frame_ends(nth(args, 1));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
