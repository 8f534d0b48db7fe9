/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions that are given no packet, but work for one: for which, the stack tells.
 * Where a function is reached that is given a packet, it is noted where on the
 * stack its return address lies, and what that is (struct frame). As long as it
 * is there, and the stack is deeper, that function has not returned, and what
 * is called meanwhile works for its packet; nothing is unwound.
 *
 * Frames of a stack are noted one above the other, the packets that are not
 * tracked among them, since what is called inside of these works for those. Of
 * functions that call each other with the same packet the outermost is enough.
 */
#ifndef CALLEES_H
#define CALLEES_H

#include "report.h"
#include "where.h"

/* Interrupts work on a stack of their own, whichever task runs. */
static always_inline __u64 stack_key(__u64 sp)
{
	__u64 task = bpf_get_current_task();
	__u64 base = read_u64(task, OFFSET(task_struct, stack));

	return is_on_stack(sp, base) ? task : task | 1;
}

/* The compiler may know that it is low enough, but the verifier does not. */
static always_inline struct frame *frame_at(struct frames *frames, __u64 i)
{
	asm volatile("" : "+r"(i));
	return &frames->frame[i & (FRAMES - 1)];
}

static always_inline int is_running(const struct frame *frame, __u64 sp)
{
	return frame->sp > sp && read_u64(frame->sp, 0) == frame->caller;
}

/* The innermost frame that is still there, seen from @sp, or NULL. */
static always_inline struct frame *innermost(struct frames *frames, __u64 sp)
{
	struct frame *frame;

	for (int i = 0; i < FRAMES; i++) {
		if (!frames->depth)
			return 0;
		frame = frame_at(frames, frames->depth - 1);
		if (is_running(frame, sp))
			return frame;
		frames->depth--;
	}
	return 0;
}

/* The frames of this stack; where there are none yet, of a tracked packet new ones. */
static always_inline struct frames *frames_of(__u64 key, int tracked)
{
	struct frames *found = bpf_map_lookup_elem(&stack_map, &key);
	const __u32 only = 0;
	struct frames *none;

	if (found || !tracked)
		return found;
	none = bpf_map_lookup_elem(&no_frames, &only);
	if (!none || bpf_map_update_elem(&stack_map, &key, none, BPF_ANY))
		return 0;
	return bpf_map_lookup_elem(&stack_map, &key);
}

static always_inline void push_frame(struct frames *frames, __u64 sp,
				     __u64 caller, __u64 skb,
				     const struct packet *packet)
{
	struct frame *frame = frame_at(frames, frames->depth);

	frame->sp = sp;
	frame->caller = caller;
	frame->skb = skb;
	frame->packet = packet ? packet->number : 0;
	frame->member = packet ? packet->member : 0;
	frames->depth++;
}

static always_inline int is_packet(const struct frame *frame,
				   const struct packet *packet)
{
	if (!packet)
		return !frame->packet;
	return frame->packet == packet->number && frame->member == packet->member;
}

/*
 * A function is reached that is given @skb, and returns to @caller; where that
 * stands is @sp. When so many frames lie one in another that there is no room,
 * what is called inside is taken for the last one's, if not for nobody's.
 */
hidden void callee_note(__u64 skb, __u64 sp, __u64 caller)
{
	struct packet *packet;
	struct frames *frames;
	struct frame *inner;

	if (!VALUE(with_callees) || !state.tracked)
		return;
	packet = bpf_map_lookup_elem(&skb_map, &skb);
	frames = frames_of(stack_key(sp), packet != 0);
	if (!frames)
		return;
	inner = innermost(frames, sp);
	if (inner ? is_packet(inner, packet) : !packet)
		return;
	if (frames->depth < FRAMES)
		push_frame(frames, sp, caller, skb, packet);
	else if (inner)
		inner->packet = 0;
}

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
