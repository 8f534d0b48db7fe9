/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every probe does, whatever it is attached to: if this is one of our packets, it
 * reports where the packet is; and where the packet ends, it forgets it.
 */
#ifndef STEP_H
#define STEP_H

#include "bpfpath.h"
#include "bytes.h"
#include "call.h"
#include "constants.h"
#include "device.h"
#include "forget.h"
#include "helpers.h"
#include "maps.h"
#include "pipe_function.h"
#include "report.h"
#include "stack.h"
#include "target.h"
#include "where.h"

/* Bytes that follow the event of a step. */
static always_inline __u64 more_size(int stacked)
{
	return stacked ? stack_at() + sizeof(struct kernel_stack) : bytes_size();
}

/* Begins the event of a step; NULL: it found no room. describe_step() ends it. */
static always_inline struct event *begin_step(int stacked, struct packet *packet, __u32 num,
					      __u64 location, __u32 reason)
{
	__u32 seq = count_up(&packet->seq);
	struct event *event = event_reserve(packet->number, num, more_size(stacked));

	if (!event)
		return 0;
	event->location = location;
	event->member = packet->member;
	event->seq = seq;
	event->reason = reason;
	return event;
}

/*
 * Ends it with what is told of every packet, and with what follows the event. @sp: see
 * step_at().
 */
static always_inline void describe_step(void *ctx, int stacked, struct event *event,
					__u64 skb, __u32 number, __u64 sp)
{
	describe(event, skb, device_of(skb));
	tell_call(event, sp);
	if (VALUE(read_ring) && stacked)
		take_stack(ctx, (void *)(event + 1) + stack_at());
	bytes_end(event, number);
}

/* What a step is, in one argument: a function has 5 at most. */
#define STEP_OF(num, verdict, reason)	\
	((__u32)(num) | (__u64)(verdict) << 16 | (__u64)(reason) << 32)
#define STEP_NUM(what)		((__u16)(what))
#define STEP_VERDICT(what)	((__u16)((what) >> 16))
#define STEP_REASON(what)	((__u32)((what) >> 32))

/* @family: where the packet ends, else 0. */
static always_inline void report_step(void *ctx, int stacked, struct packet *packet,
				      const struct family_counts *family, __u64 skb,
				      __u64 location, __u64 what, __u64 sp)
{
	__u32 number = packet->number;
	struct event *event;

	if (VALUE(read_pipe)) {
		print_function(number, packet->member, count_up(&packet->seq));
		return;
	}
	event = begin_step(stacked, packet, STEP_NUM(what), location, STEP_REASON(what));
	if (!event)
		return;
	if (family) {
		event->derived = family->derived;
		event->lost = family->lost;
	}
	describe_step(ctx, stacked, event, skb, number, sp);
}

/* @stacked: the stack is told, by the program's context @ctx. */
static always_inline void step_in(void *ctx, int stacked, __u64 skb, __u64 location,
				  __u64 what, __u64 sp)
{
	struct family_counts *family = 0;
	struct packet *packet;
	__u32 number;

	packet = bpf_map_lookup_elem(&skb_map, &skb);
	if (!packet)
		return;
	number = packet->number;
	if (STEP_VERDICT(what) != VERDICT_NONE)
		family = bpf_map_lookup_elem(&family_map, &number);
	report_step(ctx, stacked, packet, family, skb, location, what, sp);
	if (STEP_VERDICT(what) != VERDICT_NONE)
		forget(skb, family, number);
}

hidden void step(__u64 skb, __u64 location, __u64 what, __u64 sp)
{
	step_in(0, 0, skb, location, what, sp);
}

#ifdef KP_STACKS
/* The same, with the stack where it is asked for. */
hidden void step_with_stack(void *ctx, __u64 skb, __u64 location, __u64 what, __u64 sp)
{
	if (wants_stack(STEP_VERDICT(what)))
		step_in(ctx, 1, skb, location, what, sp);
	else
		step_in(ctx, 0, skb, location, what, sp);
}
#endif

/*
 * Packet @skb, if it is one of ours, has come to function @num, which means @verdict;
 * @ctx: the context of the program, @sp: an address of the stack that it runs on.
 * @location and @reason: who drops it, and why.
 */
static always_inline void step_at(void *ctx, __u64 sp, __u32 num, int verdict, __u64 skb,
				  __u64 location, __u32 reason)
{
#ifdef KP_STACKS
	if (VALUE(with_stack)) {
		step_with_stack(ctx, skb, location, STEP_OF(num, verdict, reason), sp);
		return;
	}
#endif
	(void)ctx;
	step(skb, location, STEP_OF(num, verdict, reason), sp);
}

#endif /* STEP_H */
