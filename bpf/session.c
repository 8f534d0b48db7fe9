// SPDX-License-Identifier: GPL-2.0-only
/*
 * One probe for all functions, where they begin and where they return (a kprobe
 * session, Linux 6.10). The kernel calls it for a return only if it has given 0 at the
 * beginning: so calls without a tracked packet cost one look.
 */
#include "bpfpath.h"
#include "helpers.h"
#include "leave_regs.h"
#include "maps.h"
#include "multi.h"
#include "output_probe.h"
#include "regs.h"
#include "target.h"

/* The loader puts the kernel's function of that name in the place of the helper. */
static __u64 (*const bpf_session_is_return)(void *ctx) =
	(void *)SESSION_IS_RETURN;

SEC("kprobe.session/" STRING(KP_NAME))
int probe(struct pt_regs *regs)
{
	if (bpf_session_is_return(regs) & 1) {
		if (state.entered)
			leave_multi(regs, bpf_get_attach_cookie(regs));
		return 0;
	}
	if (nothing_to_do())
		return 1;
	look(regs, bpf_get_attach_cookie(regs));
	return !state.entered;
}

char LICENSE[] SEC("license") = "GPL";
