// SPDX-License-Identifier: GPL-2.0-only
/* One probe for all functions where they return. */
#include "helpers.h"
#include "leave_regs.h"
#include "maps.h"
#include "regs.h"
#include "target.h"

SEC("kprobe.multi/" STRING(KP_NAME))
int probe(struct pt_regs *regs)
{
	if (state.entered)
		leave_multi(regs, bpf_get_attach_cookie(regs));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
