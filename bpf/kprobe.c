// SPDX-License-Identifier: GPL-2.0-only
/*
 * The probe of one kernel function, in one object for all of them: target.h says what
 * it knows of it. A function may be a callee, a copy site, or have an output probe.
 */
#include "bpfpath.h"
#include "callees.h"
#include "derived.h"
#include "helpers.h"
#include "kprobe.h"
#include "output_probe.h"
#include "regs.h"
#include "target.h"

static always_inline void look_at_packet(struct pt_regs *regs)
{
	__u64 skb = kprobe_packet(regs);

	select_output(skb, regs_stack(regs), KP_STAGE);
	kprobe_step(regs, skb);
}

static always_inline void look(struct pt_regs *regs)
{
	if (KP_FIN == VERDICT_CALLEE)
		callee_reached(KP_NUM, regs_stack(regs));
	else if (KP_PARENT)
		track_derived(KP_NUM, KP_IS_FRESH, reg(regs, KP_ARG),
			      reg(regs, KP_PARENT), regs_caller(regs));
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
