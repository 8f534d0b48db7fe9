// SPDX-License-Identifier: GPL-2.0-only
/*
 * The probe of one kernel function by way of its trampoline, which stores the
 * arguments one after another. They are read as memory: the verifier would
 * want to know the type of each, and not every function's has one that it
 * takes (struct sk_buff **).
 */
#include "step.h"

SEC("fentry/" STRING(KP_NAME))
int probe(__u64 *args)
{
	__u32 reason = 0;
	__u64 skb;

	if (nothing_to_do())
		return 0;
#if KP_REASON
	reason = read_u64((__u64)args, (KP_REASON - 1) * 8);
#endif
	skb = read_u64((__u64)args, (KP_ARG - 1) * 8);
	if (KP_DEREF)
		skb = read_u64(skb, 0);
	seed(skb, (__u64)args, KP_RANK);
	step(KP_NUM, KP_FIN, skb, 0, reason);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
