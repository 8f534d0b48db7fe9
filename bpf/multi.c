// SPDX-License-Identifier: GPL-2.0-only
/* One probe for all functions. */
#include "helpers.h"
#include "multi.h"
#include "output_probe.h"
#include "regs.h"
#include "target.h"

SEC("kprobe.multi/" STRING(KP_NAME))
int probe(struct pt_regs *regs)
{
	if (!nothing_to_do())
		look(regs, bpf_get_attach_cookie(regs));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
