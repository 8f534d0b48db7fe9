// SPDX-License-Identifier: GPL-2.0-only
/*
 * XDP programs with one verdict for all packets: -DVERDICT=XDP_TX or another;
 * -DTO=IFINDEX sends them there.
 */
#include <linux/bpf.h>

#ifdef TO
static long (*bpf_redirect)(__u32 ifindex, __u64 flags) =
	(void *)BPF_FUNC_redirect;
#define VERDICT bpf_redirect(TO, 0)
#endif

__attribute__((section("xdp"), used)) int verdict(struct xdp_md *ctx)
{
	(void)ctx;
	return VERDICT;
}

char LICENSE[] __attribute__((section("license"), used)) = "GPL";
