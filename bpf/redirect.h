/* SPDX-License-Identifier: GPL-2.0-only */
/* Where a BPF program has asked the kernel to redirect a packet to. */
#ifndef REDIRECT_H
#define REDIRECT_H

#include "bpfpath.h"
#include "constants.h"
#include "helpers.h"
#include "maps.h"
#include "read.h"

/* Where bpf_redirect() notes where to (bpf_net_ctx_get_ri() in linux/filter.h); or 0. */
static always_inline __u64 redirect_info(void)
{
	__u64 context;

	if (OFFSET(task_struct, bpf_net_context)) {
		context = read_u64(bpf_get_current_task(),
				   OFFSET(task_struct, bpf_net_context));
		return context ? context + OFFSET(bpf_net_context, ri) : 0;
	}
	if (!state.redirect_offsets)
		return 0;
	return state.redirect_info + read_u64(state.redirect_offsets,
					      8 * bpf_get_smp_processor_id());
}

#endif /* REDIRECT_H */
