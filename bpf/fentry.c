// SPDX-License-Identifier: GPL-2.0-only
/*
 * The probe of one kernel function by way of its trampoline, which stores the
 * arguments one after another. They are read as memory: the verifier would
 * want to know the type of each, and not every function's has one that it
 * takes (struct sk_buff **).
 */
#include "calls.h"
#include "derived.h"
#include "helpers.h"
#include "output_probe.h"
#include "read.h"
#include "step.h"
#include "target.h"

static always_inline void look(__u64 *args)
{
	__u32 reason = KP_REASON ? nth(args, KP_REASON) : 0;
	__u64 skb = nth(args, KP_ARG);

	if (KP_PARENT) {
		track_derived(KP_NUM, KP_IS_FRESH, skb, nth(args, KP_PARENT), 0);
		return;
	}
	if (KP_DEREF)
		skb = read_u64(skb, 0);
	select_output(skb, (__u64)args, KP_STAGE);
	enter((__u64)args, KP_NUM, KP_ARG, skb);
	step_at(args, (__u64)args, KP_NUM, KP_FIN, skb, 0, reason);
}

SEC("fentry/" STRING(KP_NAME))
int probe(__u64 *args)
{
	if (!nothing_to_do())
		look(args);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
