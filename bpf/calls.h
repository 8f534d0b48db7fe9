/* SPDX-License-Identifier: GPL-2.0-only */
/* Remembers a function that begins with a tracked packet until it returns. */
#ifndef CALLS_H
#define CALLS_H

#include "bpfpath.h"
#include "constants.h"
#include "helpers.h"
#include "map_calls.h"
#include "maps.h"

/*
 * @slot: what tells this call of function @num from all others that have not
 * returned; its argument @arg is @skb.
 */
hidden void enter(__u64 slot, __u32 num, __u32 arg, __u64 skb)
{
	const struct call_key call = { .slot = slot, .func = num, .arg = arg };
	const struct packet *packet;
	struct entered entered;

	if (!VALUE(with_returns))
		return;
	packet = bpf_map_lookup_elem(&skb_map, &skb);
	if (!packet)
		return;
	entered.packet = packet->number;
	entered.member = packet->member;
	if (!bpf_map_update_elem(&calls, &call, &entered, BPF_ANY))
		__sync_fetch_and_add(&state.entered, 1);
}

#endif /* CALLS_H */
