/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a copy site does: an sk_buff is made of another one. All that the kernel makes
 * of an sk_buff - clones, copies, segments, fragments - has its header copied by one of
 * few functions, whose first argument is the new sk_buff and whose second is the old
 * one (copy_sites.list). So both are known where such a function begins; its return
 * need not be probed.
 */
#ifndef DERIVED_H
#define DERIVED_H

#include "bpfpath.h"
#include "constants.h"
#include "device.h"
#include "forget.h"
#include "helpers.h"
#include "maps.h"
#include "member.h"
#include "pipe_function.h"
#include "report.h"
#include "where.h"

/* Describes the new sk_buff by the old one, since the new one is not filled in yet. */
static always_inline void report_derived(const struct packet *packet,
				       __u32 parent, __u32 num, __u64 skb,
				       __u64 old, __u64 location)
{
	struct event *event;

	if (VALUE(read_pipe)) {
		print_function(packet->number, packet->member, parent);
		return;
	}
	event = event_begin(packet->number, FUNC_DERIVED);
	if (!event)
		return;
	event->location = location;
	event->member = packet->member;
	event->parent = parent;
	event->copy_site = num;
	describe(event, old, device_of(old));
	event->skb = skb;
	event_end(event, packet->number);
}

/* The address of a new sk_buff is tracked: the one that had it has ended unseen. */
static always_inline void forget_stale(__u64 skb)
{
	struct packet *stale = bpf_map_lookup_elem(&skb_map, &skb);
	__u32 number = stale ? stale->number : 0;

	if (number)
		forget(skb, bpf_map_lookup_elem(&family_map, &number), number);
}

/*
 * Function @num, which returns to @location, makes @skb of @old. @fresh: that function
 * only gets sk_buffs that have just been allocated. Otherwise @skb may be tracked
 * already: another of these functions has told of it, or it takes in what others of
 * its family held (reassembly).
 */
hidden void track_derived(__u32 num, int fresh, __u64 skb, __u64 old, __u64 location)
{
	struct packet packet = {}, *parent;
	struct family_counts *family;

	if (fresh)
		forget_stale(skb);
	parent = bpf_map_lookup_elem(&skb_map, &old);
	if (!parent || bpf_map_lookup_elem(&skb_map, &skb))
		return;
	packet.number = parent->number;
	family = bpf_map_lookup_elem(&family_map, &packet.number);
	if (!family)
		return;
	packet.member = take_member(family, packet.number);
	if (!packet.member) {
		count_lost(packet.number);
		return;
	}
	report_derived(&packet, parent->member, num, skb, old, location);
	adopt(family, skb, &packet);
}

#endif /* DERIVED_H */
