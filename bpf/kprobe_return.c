// SPDX-License-Identifier: GPL-2.0-only
/* The probe of one kernel function where it returns. */
#include "helpers.h"
#include "leave_regs.h"
#include "maps.h"
#include "regs.h"
#include "target.h"

SEC("kprobe/" STRING(KP_NAME))
int probe(struct pt_regs *regs)
{
	if (state.entered)
		leave_regs(regs, KP_NUM, KP_ARG);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
