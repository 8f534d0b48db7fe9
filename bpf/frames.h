/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions that are given a packet, for each stack. Where such a function is reached, a
 * frame notes its return address and the place on the stack where that lies (struct
 * frame). As long as the address is there, and the stack is deeper, the function has not
 * returned. Nothing is unwound.
 *
 * Frames of a stack are noted one above the other, the packets that are not
 * tracked among them, since what is called inside of these works for those. Of
 * functions that call each other with the same packet the outermost is enough.
 */
#ifndef FRAMES_H
#define FRAMES_H

#include "bpfpath.h"
#include "constants.h"
#include "helpers.h"
#include "map_stacks.h"
#include "maps.h"
#include "read.h"

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

#endif /* FRAMES_H */
