// SPDX-License-Identifier: GPL-2.0-only
/* The probe of one kernel function: see step.h for what it knows of it. */
#include "regs.h"
#include "callees.h"
#include "derived.h"
#include "calls.h"

static always_inline void look_at_packet(struct pt_regs *regs)
{
	__u64 skb = reg(regs, KP_ARG), location = 0;
	__u32 reason = KP_REASON ? reg(regs, KP_REASON) : 0;

	if (KP_FIN == VERDICT_DROPPED)
		location = regs_caller(regs);
	if (KP_DEREF)
		skb = read_u64(skb, 0);
	output(skb, regs_stack(regs), KP_STAGE);
	callee_note(skb, regs_stack(regs), regs_caller(regs));
	enter(regs_call(regs), KP_NUM, KP_ARG, skb);
	step(KP_NUM, KP_FIN, skb, location, reason);
}

static always_inline void look(struct pt_regs *regs)
{
	if (KP_FIN == VERDICT_CALLEE)
		callee_reached(KP_NUM, regs_stack(regs));
	else if (KP_PARENT)
		derived(KP_NUM, KP_FIN, reg(regs, KP_ARG), reg(regs, KP_PARENT),
		      regs_caller(regs));
	else
		look_at_packet(regs);
}

SEC("kprobe/" STRING(KP_NAME))
int probe(struct pt_regs *regs)
{
	if (!nothing_to_do())
		look(regs);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
