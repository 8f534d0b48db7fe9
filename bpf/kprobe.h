/* SPDX-License-Identifier: GPL-2.0-only */
/* What both kinds of kprobe do: the arguments are in the registers. */
#ifndef KPROBE_H
#define KPROBE_H

#include "regs.h"
#include "step.h"

static always_inline void kprobe_step(struct pt_regs *regs, __u32 num)
{
	__u64 location = 0;
	__u32 reason = 0;

#if KP_FIN == 2 /* FIN_DROPPED, which the preprocessor does not know */
	location = regs_caller(regs);
#endif
#if KP_REASON
	reason = ARG(regs, KP_REASON);
#endif
	step(num, ARG(regs, KP_ARG), location, reason);
}

#endif /* KPROBE_H */
