// SPDX-License-Identifier: GPL-2.0-only
/*
 * The probe of one tracepoint, as a raw tracepoint: the arguments are those
 * of the tracepoint's prototype (btf_trace_NAME) without the first one.
 * See step.h for what -D says of it.
 */
#include "step.h"

SEC("raw_tracepoint/" STRING(KP_NAME))
int probe(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 skb, location = 0;
	__u32 reason = 0;

	if (nothing_to_do())
		return 0;
#if KP_LOCATION
	location = ctx->args[KP_LOCATION - 1];
#endif
#if KP_REASON
	reason = ctx->args[KP_REASON - 1];
#endif
	skb = ctx->args[KP_ARG - 1];
	seed(skb, (__u64)ctx, KP_RANK);
	step(KP_NUM, KP_FIN, skb, location, reason);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
