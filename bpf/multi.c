// SPDX-License-Identifier: GPL-2.0-only
/*
 * One probe for all functions that take the packet in the same place: the
 * number of the one that was reached is the cookie of its address.
 */
#include "kprobe.h"

static __u64 (*const bpf_get_attach_cookie)(void *ctx) =
	(void *)BPF_FUNC_get_attach_cookie;

SEC("kprobe.multi/" STRING(KP_NAME))
int probe(struct pt_regs *regs)
{
	if (!nothing_tracked())
		kprobe_step(regs, bpf_get_attach_cookie(regs));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
