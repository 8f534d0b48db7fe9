/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a probe does where a function returns: if one of our packets has entered the
 * function, it reports the return. Of the packet itself nothing is known any more.
 */
#ifndef LEAVE_H
#define LEAVE_H

#include "bpfpath.h"
#include "helpers.h"
#include "map_calls.h"
#include "maps.h"
#include "report.h"
#include "who.h"

static always_inline void report_return(const struct call_key *call,
					const struct entered *entered,
					__u64 value)
{
	__u32 number = entered->packet;
	struct event *event = event_begin(number, call->func | FUNC_RETURN);

	if (!event)
		return;
	event->value = value;
	event->member = entered->member;
	event->cpu = bpf_get_smp_processor_id();
	who_runs(event);
	event_end(event, number);
}

/*
 * The call of function @num that is known by @slot, with the packet in argument
 * @arg, has returned @value. 1: there was such a call.
 */
hidden int leave(__u64 slot, __u32 num, __u32 arg, __u64 value)
{
	const struct call_key call = { .slot = slot, .func = num, .arg = arg };
	const struct entered *entered = bpf_map_lookup_elem(&calls, &call);

	if (!entered)
		return 0;
	report_return(&call, entered, value);
	if (!bpf_map_delete_elem(&calls, &call))
		__sync_fetch_and_add(&state.entered, -1);
	return 1;
}

#endif /* LEAVE_H */
