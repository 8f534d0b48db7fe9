/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every probe does, whatever it is attached to: is this one of our
 * packets? Then say where it is; and where it ends, forget it.
 */
#ifndef STEP_H
#define STEP_H

#include "pipe.h"
#include "report.h"
#include "target.h"
#include "where.h"

#ifdef KP_NUM_GIVEN	/* a function with an object of its own is no output probe */
#define selecting()			0
#define output(skb, stack, stage)
#else
#include "output.h"
#endif

/* @family: where the packet ends, else 0. */
static always_inline void report_step(struct packet *packet,
				      const struct family *family, __u32 num,
				      __u64 skb, __u64 location, __u32 reason)
{
	__u32 seq = count_up(&packet->seq), number = packet->number;
	struct event *event;

	if (VALUE(read_pipe)) {
		print_function(number, packet->member, seq);
		return;
	}
	event = event_begin(number, num);
	if (!event)
		return;
	event->location = location;
	event->member = packet->member;
	event->seq = seq;
	event->reason = reason;
	if (family) {
		event->derived = family->derived;
		event->lost = family->lost;
	}
	describe(event, skb, device_of(skb));
	event_end(event, number);
}

/* The last one of a family takes it away: of several, each may try. */
static always_inline void leave_family(volatile struct family *family,
				       __u32 number)
{
	__sync_fetch_and_add(&family->live, -1);
	if (!family->live && !family->lost)
		bpf_map_delete_elem(&family_map, &number);
}

static always_inline void forget(__u64 skb, struct family *family, __u32 number)
{
	if (bpf_map_delete_elem(&skb_map, &skb))
		return;
	__sync_fetch_and_add(&state.tracked, -1);
	if (family)
		leave_family(family, number);
}

/* The first look of every probe: most of the time there is nothing to do. */
static always_inline int nothing_to_do(void)
{
	return !state.tracked && !(KP_STAGE && selecting());
}

hidden void step(__u32 num, int verdict, __u64 skb, __u64 location, __u32 reason)
{
	struct family *family = 0;
	struct packet *packet;
	__u32 number;

	packet = bpf_map_lookup_elem(&skb_map, &skb);
	if (!packet)
		return;
	number = packet->number;
	if (verdict != VERDICT_NONE)
		family = bpf_map_lookup_elem(&family_map, &number);
	report_step(packet, family, num, skb, location, reason);
	if (verdict != VERDICT_NONE)
		forget(skb, family, number);
}

#endif /* STEP_H */
