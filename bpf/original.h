/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A selected packet may be a clone of the sk_buff that TCP keeps until it is
 * acknowledged. Then that original is its first relative: clones that are sent again
 * are made of it, and it ends where TCP lets go of it.
 */
#ifndef ORIGINAL_H
#define ORIGINAL_H

#include "bpfpath.h"
#include "constants.h"
#include "fclone.h"
#include "helpers.h"
#include "maps.h"
#include "member.h"
#include "pipe.h"
#include "report.h"
#include "where.h"

/* Describes the original by its clone @skb at @dev: see follow_original() for why. */
static always_inline void report_original(const struct packet *packet,
					  __u64 original, __u64 skb, __u64 dev)
{
	struct event *event;

	if (VALUE(read_pipe)) {
		print_named("+original", packet->number, packet->member, 0);
		return;
	}
	event = event_begin(packet->number, FUNC_DERIVED);
	if (!event)
		return;
	event->member = packet->member;
	describe(event, skb, dev);
	event->skb = original;
	event_end(event, packet->number);
}

/*
 * @skb has been selected at @dev as packet @number: its original becomes a relative.
 * While an original is in a queue, its own members for device and route are used for
 * other things.
 */
static always_inline void follow_original(__u32 number, __u64 skb, __u64 dev)
{
	__u64 original = state.follow ? original_of(skb) : 0;
	struct packet packet = { .number = number };
	struct family_counts *family;

	if (!original || bpf_map_lookup_elem(&skb_map, &original))
		return;
	family = bpf_map_lookup_elem(&family_map, &packet.number);
	if (!family)
		return;
	packet.member = take_member(family, packet.number);
	if (!packet.member)
		return;
	report_original(&packet, original, skb, dev);
	adopt(family, original, &packet);
}

#endif /* ORIGINAL_H */
