/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Selecting a packet: it gets a number, its sk_buff's address is noted in
 * skb_map, and an event reports it.
 */
#ifndef SELECT_H
#define SELECT_H

#include "bpfpath.h"
#include "bytes.h"
#include "call.h"
#include "constants.h"
#include "helpers.h"
#include "maps.h"
#include "original.h"
#include "packet.h"
#include "pipe.h"
#include "where.h"

/* Armed, and packets left to select? Cheap: it comes before the filter. */
static always_inline int selecting(void)
{
	return state.armed_until &&
	       (!state.limit || state.selected < state.limit);
}

/* @packet has not matched. */
static always_inline void count_unread(const struct filter_packet *packet)
{
	if (packet->is_unread)
		__sync_fetch_and_add(&state.in_pages, 1);
}

#define NUMBER_TRIES	8

/*
 * Takes a number for the packet, 1, 2, …; 0: another CPU took the last one; NO_COUNT:
 * other CPUs took all that were tried.
 */
static always_inline __u32 take_number(void)
{
	__u64 limit = state.limit;
	__u64 number = state.selected + 1;
	__u8 taken = 1;

	if (VALUE(has_fetch)) {
		number = __sync_fetch_and_add(&state.selected, 1) + 1;
		return !limit || number <= limit ? number : 0;
	}
#pragma unroll
	for (int i = 0; i < NUMBER_TRIES; i++, number++) {
		if (limit && number > limit)
			return 0;
		if (bpf_map_update_elem(&claims, &number, &taken, BPF_NOEXIST))
			continue;
		__sync_fetch_and_add(&state.selected, 1);
		return number;
	}
	return NO_COUNT;
}

static always_inline int is_tracked(__u64 skb)
{
	return bpf_map_lookup_elem(&skb_map, &skb) != 0;
}

static always_inline void print_selection(__u32 number, enum hook hook)
{
	if (hook == HOOK_OUTPUT)
		print_named("output", number, 0, 0);
	else if (hook == HOOK_EGRESS)
		print_named("egress", number, 0, 0);
	else
		print_named("ingress", number, 0, 0);
}

static always_inline void report_selection(__u32 number, __u64 skb, __u64 dev,
					   enum hook hook, __u64 stack)
{
	struct event *event;

	if (VALUE(read_pipe)) {
		print_selection(number, hook);
		return;
	}
	event = bytes_begin(number, FUNC_SELECTED);
	if (!event)
		return;
	event->hook = hook;
	describe(event, skb, dev);
	tell_call(event, stack);
	event->ns = bpf_ktime_get_ns();	/* not our own work: what comes then */
	bytes_end(event, number);
}

/*
 * Gives the number to the packet that has just been noted, and founds its family.
 * Returns 0; -1: there is no number or no room for the family, and the packet is
 * forgotten, since nothing would be known of its relatives.
 */
static always_inline int found_family(__u64 skb, __u32 number)
{
	struct packet *packet = bpf_map_lookup_elem(&skb_map, &skb);
	struct family_counts family = { .live = 1 };

	if (packet && number) {
		packet->number = number;
		if (!bpf_map_update_elem(&family_map, &number, &family, BPF_ANY))
			return 0;
		__sync_fetch_and_add(&state.refused, 1);
	}
	bpf_map_delete_elem(&skb_map, &skb);
	return -1;
}

/*
 * Notes the packet at that address, which matches and is not tracked, and gives its number,
 * which the caller is to report; 0: it is not selected. When skb_map is full, or the loader
 * stands still, the packet uses up no number.
 */
static always_inline __u32 note_selected(__u64 skb)
{
	struct packet packet = {};
	__u32 number;

	if (bpf_ktime_get_ns() > state.armed_until) {
		__sync_fetch_and_add(&state.late, 1);
		return 0;
	}
	if (bpf_map_update_elem(&skb_map, &skb, &packet, BPF_NOEXIST)) {
		__sync_fetch_and_add(&state.untracked, 1);
		return 0;
	}
	number = take_number();
	if (number == NO_COUNT) {
		__sync_fetch_and_add(&state.untracked, 1);
		number = 0;
	}
	return found_family(skb, number) ? 0 : number;
}

/*
 * Selects @skb at @dev (struct net_device). @stack: an address of the stack in use, or 0: no
 * process is told.
 */
hidden void select(__u64 skb, __u64 dev, enum hook hook, __u64 stack)
{
	__u32 number = note_selected(skb);

	if (!number)
		return;
	report_selection(number, skb, dev, hook, stack);
	__sync_fetch_and_add(&state.tracked, 1);
	if (hook != HOOK_INGRESS)
		follow_original(number, skb, dev);
}

#endif /* SELECT_H */
