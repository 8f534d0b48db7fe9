// SPDX-License-Identifier: GPL-2.0-only
/*
 * The probe of one tracepoint, as a raw tracepoint: the arguments are those
 * of the tracepoint's prototype (btf_trace_NAME) without the first one.
 */
#include "bpfpath.h"
#include "constants.h"
#include "fclone.h"
#include "helpers.h"
#include "maps.h"
#include "output_probe.h"
#include "ovs.h"
#include "read.h"
#include "step.h"
#include "target.h"

/*
 * Among the tracepoints where packets are consumed, only the one of freed memory has
 * the packet as its second argument: kmem_cache_free(call_site, ptr).
 */
#define FREES	(KP_FIN == VERDICT_CONSUMED && KP_ARG == 2)

/*
 * Twins share their memory (fclone.h): when the original's is freed, a clone that
 * nobody saw end has ended, too.
 */
static always_inline void step_of_twin(void *ctx, __u64 original)
{
	__u64 twin = original + OFFSET(sk_buff_fclones, skb2);

	if (twin != original && bpf_map_lookup_elem(&skb_map, &twin) &&
	    fclone_of(twin) == FCLONE_CLONE)
		step_at(ctx, (__u64)ctx, KP_NUM, KP_FIN, twin, 0, 0);
}

static always_inline void look(struct bpf_raw_tracepoint_args *ctx)
{
	const __u64 *args = (const __u64 *)ctx;
	__u64 skb = nth(args, KP_ARG);
	__u64 location = KP_CALLER ? nth(args, KP_CALLER) : 0;
	__u32 reason = KP_REASON ? nth(args, KP_REASON) : 0;

	select_output(skb, (__u64)args, KP_STAGE);
	step_at(ctx, (__u64)ctx, KP_NUM, KP_FIN, skb, location, reason);
	if (FREES)
		step_of_twin(ctx, skb);
}

SEC("raw_tracepoint/" STRING(KP_NAME))
int probe(struct bpf_raw_tracepoint_args *ctx)
{
	if (KP_ROLE) {
		if (state.tracked)
			ovs_step((__u64 *)ctx);
	} else if (!nothing_to_do()) {
		look(ctx);
	}
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
