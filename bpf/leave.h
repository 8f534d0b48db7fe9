/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a probe does where a function returns: has it been entered with one of our
 * packets? Then say so; of the packet itself nothing is known any more.
 */
#ifndef LEAVE_H
#define LEAVE_H

#include "report.h"
#include "target.h"
#include "where.h"

static always_inline void report_return(const struct call *call,
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
	const struct call call = { .slot = slot, .func = num, .arg = arg };
	const struct entered *entered = bpf_map_lookup_elem(&calls, &call);

	if (!entered)
		return 0;
	report_return(&call, entered, value);
	if (!bpf_map_delete_elem(&calls, &call))
		__sync_fetch_and_add(&state.entered, -1);
	return 1;
}

#ifdef REGS_RESULT

/* The same where the registers are all that is known of the call. */
static always_inline void leave_regs(struct pt_regs *regs, __u32 num, __u32 arg)
{
#pragma unroll
	for (int n = 0; n < RETURN_SLOTS; n++)
		if (leave(regs_slot(regs, n), num, arg, REGS_RESULT(regs)))
			return;
}

/* The same of kprobe.multi, whose cookie tells which function it is (bpfpath.h). */
static always_inline void leave_multi(struct pt_regs *regs, __u64 cookie)
{
#pragma clang loop unroll(disable)
	for (__u32 n = 1; n <= ABI_REGS; n++)
		if (COOKIE_ARGS(cookie) >> (n - 1) & 1)
			leave_regs(regs, COOKIE_NUM(cookie), n);
}

#endif

#endif /* LEAVE_H */
