/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every probe does, whatever it is attached to: if this is one of our packets, it
 * reports where the packet is; and where the packet ends, it forgets it.
 */
#ifndef STEP_H
#define STEP_H

#include "bpfpath.h"
#include "bytes.h"
#include "constants.h"
#include "device.h"
#include "forget.h"
#include "helpers.h"
#include "maps.h"
#include "pipe_function.h"
#include "report.h"
#include "where.h"

/* @family: where the packet ends, else 0. */
static always_inline void report_step(struct packet *packet,
				      const struct family_counts *family, __u32 num,
				      __u64 skb, __u64 location, __u32 reason)
{
	__u32 seq = count_up(&packet->seq), number = packet->number;
	struct event *event;

	if (VALUE(read_pipe)) {
		print_function(number, packet->member, seq);
		return;
	}
	event = bytes_begin(number, num);
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
	bytes_end(event, number);
}

hidden void step(__u32 num, int verdict, __u64 skb, __u64 location, __u32 reason)
{
	struct family_counts *family = 0;
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
