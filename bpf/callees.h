/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions that are given no packet, but work for one. The stack tells for which: for
 * the packet of the innermost function on it that is given one (frames.h).
 */
#ifndef CALLEES_H
#define CALLEES_H

#include "bpfpath.h"
#include "device.h"
#include "frames.h"
#include "helpers.h"
#include "maps.h"
#include "report.h"
#include "where.h"

/* The packet that the frame is of, while it is tracked. */
static always_inline int is_tracked_still(const struct frame *frame)
{
	__u64 skb = frame->skb;
	struct packet *packet;

	if (!frame->packet)
		return 0;
	packet = bpf_map_lookup_elem(&skb_map, &skb);
	return packet && is_packet(frame, packet);
}

static always_inline void report_callee(__u32 num, const struct frame *frame)
{
	__u32 number = frame->packet;
	struct event *event = event_begin(number, FUNC_CALLEE | num);

	if (!event)
		return;
	event->member = frame->member;
	describe(event, frame->skb, device_of(frame->skb));
	event_end(event, number);
}

/* Function @num is reached, which has no packet. */
hidden void callee_reached(__u32 num, __u64 sp)
{
	struct frames *frames = state.tracked ? frames_of(stack_key(sp), 0) : 0;
	struct frame *inner = frames ? innermost(frames, sp) : 0;

	if (inner && is_tracked_still(inner))
		report_callee(num, inner);
}

#endif /* CALLEES_H */
