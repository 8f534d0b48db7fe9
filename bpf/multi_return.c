// SPDX-License-Identifier: GPL-2.0-only
/* One probe for all functions where they return; see multi.c for their cookies. */
#include "regs.h"
#include "leave.h"

static always_inline void look(struct pt_regs *regs, __u64 cookie)
{
#pragma clang loop unroll(disable)
	for (__u32 n = 1; n <= ABI_REGS; n++)
		if (COOKIE_ARGS(cookie) >> (n - 1) & 1)
			leave_regs(regs, COOKIE_NUM(cookie), n);
}

SEC("kprobe.multi/" STRING(KP_NAME))
int probe(struct pt_regs *regs)
{
	if (state.entered)
		look(regs, bpf_get_attach_cookie(regs));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
