// SPDX-License-Identifier: GPL-2.0-only
/* The probe of one kernel function: see step.h for what -D says of it. */
#include "regs.h"
#include "aside.h"
#include "birth.h"
#include "calls.h"

#if KP_FIN == 3 /* FIN_ASIDE, which the preprocessor does not know */

static always_inline void look(struct pt_regs *regs)
{
	aside_reached(KP_NUM, regs_stack(regs));
}

#elif defined(KP_PARENT)

static always_inline void look(struct pt_regs *regs)
{
	birth(KP_NUM, KP_FIN, ARG(regs, KP_ARG), ARG(regs, KP_PARENT),
	      regs_caller(regs));
}

#else

static always_inline void look(struct pt_regs *regs)
{
	__u64 skb, location = 0;
	__u32 reason = 0;

#if KP_FIN == 2 /* FIN_DROPPED, which the preprocessor does not know */
	location = regs_caller(regs);
#endif
#if KP_REASON
	reason = ARG(regs, KP_REASON);
#endif
	skb = ARG(regs, KP_ARG);
	if (KP_DEREF)
		skb = read_u64(skb, 0);
	seed(skb, regs_stack(regs), KP_RANK);
	aside_note(skb, regs_stack(regs), regs_caller(regs));
	enter(regs_stack(regs), KP_NUM, KP_ARG, skb);
	step(KP_NUM, KP_FIN, skb, location, reason);
}

#endif

SEC("kprobe/" STRING(KP_NAME))
int probe(struct pt_regs *regs)
{
	if (!nothing_to_do())
		look(regs);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
