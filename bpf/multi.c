// SPDX-License-Identifier: GPL-2.0-only
/*
 * One probe for all functions: the cookie of the address that was reached
 * tells its number, where its packets are and what reaching it means.
 */
#include "regs.h"
#include "step.h"

static __u64 (*const bpf_get_attach_cookie)(void *ctx) =
	(void *)BPF_FUNC_get_attach_cookie;

/* Register n, from 1. The verifier lets nobody index the registers. */
static always_inline __u64 reg(struct pt_regs *regs, __u32 n)
{
	switch (n) {
	case 1:
		return ARG(regs, 1);
	case 2:
		return ARG(regs, 2);
	case 3:
		return ARG(regs, 3);
	case 4:
		return ARG(regs, 4);
	case 5:
		return ARG(regs, 5);
	case 6:
		return ARG(regs, 6);
#if ABI_REGS > 6
	case 7:
		return ARG(regs, 7);
	case 8:
		return ARG(regs, 8);
#endif
	}
	return 0;
}

static always_inline void multi_step(struct pt_regs *regs, __u64 cookie)
{
	int fin = COOKIE_FIN(cookie);
	__u64 skb, location = 0;
	__u32 reason = reg(regs, COOKIE_REASON(cookie));

	if (fin == FIN_DROPPED)
		location = regs_caller(regs);
#pragma unroll
	for (__u32 n = 1; n <= ABI_REGS; n++) {
		if (!(COOKIE_ARGS(cookie) >> (n - 1) & 1))
			continue;
		skb = reg(regs, n);
		if (COOKIE_DEREFS(cookie) >> (n - 1) & 1)
			skb = read_u64(skb, 0);
		step(COOKIE_NUM(cookie), fin, skb, location, reason);
	}
}

SEC("kprobe.multi/" STRING(KP_NAME))
int probe(struct pt_regs *regs)
{
	if (!nothing_tracked())
		multi_step(regs, bpf_get_attach_cookie(regs));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
