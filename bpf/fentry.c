// SPDX-License-Identifier: GPL-2.0-only
/*
 * The probe of one kernel function by way of its trampoline, which stores the
 * arguments one after another. They are read as memory: the verifier would
 * want to know the type of each, and not every function's has one that it
 * takes (struct sk_buff **).
 */
#include "birth.h"
#include "calls.h"

#ifdef KP_PARENT

static always_inline void look(__u64 *args)
{
	birth(KP_NUM, KP_FIN, nth(args, KP_ARG), nth(args, KP_PARENT), 0);
}

#else

static always_inline void look(__u64 *args)
{
	__u32 reason = 0;
	__u64 skb;

#if KP_REASON
	reason = nth(args, KP_REASON);
#endif
	skb = nth(args, KP_ARG);
	if (KP_DEREF)
		skb = read_u64(skb, 0);
	seed(skb, (__u64)args, KP_RANK);
	enter((__u64)args, KP_NUM, KP_ARG, skb);
	step(KP_NUM, KP_FIN, skb, 0, reason);
}

#endif

SEC("fentry/" STRING(KP_NAME))
int probe(__u64 *args)
{
	if (!nothing_to_do())
		look(args);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
