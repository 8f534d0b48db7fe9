// SPDX-License-Identifier: GPL-2.0-only
/* The probe of one kernel function: see step.h for what -D says of it. */
#include "kprobe.h"

SEC("kprobe/" STRING(KP_NAME))
int probe(struct pt_regs *regs)
{
	if (!nothing_tracked())
		kprobe_step(regs, KP_NUM);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
