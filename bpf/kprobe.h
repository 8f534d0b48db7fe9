/* SPDX-License-Identifier: GPL-2.0-only */
/* What a kprobe does with the packet that its function is given. */
#ifndef KPROBE_H
#define KPROBE_H

#include "bpfpath.h"
#include "calls.h"
#include "frames.h"
#include "helpers.h"
#include "read.h"
#include "regs.h"
#include "step.h"
#include "target.h"

static always_inline __u64 kprobe_packet(struct pt_regs *regs)
{
	__u64 skb = reg(regs, KP_ARG);

	return KP_DEREF ? read_u64(skb, 0) : skb;
}

static always_inline void kprobe_step(struct pt_regs *regs, __u64 skb)
{
	__u32 reason = KP_REASON ? reg(regs, KP_REASON) : 0;
	__u64 location = 0;

	if (KP_FIN == VERDICT_DROPPED)
		location = regs_caller(regs);
	callee_note(skb, regs_stack(regs), regs_caller(regs));
	enter(regs_call(regs), KP_NUM, KP_ARG, skb);
	step_at(regs, regs_stack(regs), KP_NUM, KP_FIN, skb, location, reason);
}

#endif /* KPROBE_H */
