/* SPDX-License-Identifier: GPL-2.0-only */
/* What a probe does where a function returns, by the registers that it has there. */
#ifndef LEAVE_REGS_H
#define LEAVE_REGS_H

#include "bpfpath.h"
#include "helpers.h"
#include "leave.h"
#include "regs.h"

/* leave() where the registers are all that is known of the call. */
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

#endif /* LEAVE_REGS_H */
