/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is selected may be a clone of what TCP keeps until it is acknowledged. Then
 * the original is its first relative: what is sent again is made of it, and it
 * ends where TCP lets go of it.
 */
#ifndef ORIGINAL_H
#define ORIGINAL_H

#include "fclone.h"
#include "kin.h"
#include "report.h"

/*
 * @event has told of the selection of a packet, whose relative this is. The
 * original is shown as that: while it is in a queue, its own members for device
 * and route are used for other things.
 */
static always_inline void follow_original(struct event *event)
{
	__u64 original = state.follow ? original_of(event->skb) : 0;
	struct packet packet = { .number = event->packet };
	struct family *family;

	if (!original || bpf_map_lookup_elem(&skb_map, &original))
		return;
	family = bpf_map_lookup_elem(&family_map, &packet.number);
	if (!family)
		return;
	packet.kin = take_kin(family, packet.number);
	if (!packet.kin)
		return;
	event->func = FUNC_BORN;
	event->maker = 0;
	event->kin = packet.kin;
	event->skb = original;
	send_event(event, "+original");
	adopt(family, original, &packet);
}

#endif /* ORIGINAL_H */
