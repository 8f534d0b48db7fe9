// SPDX-License-Identifier: GPL-2.0-only
/* An XDP program that lets everything pass: that it is there is the point. */
#include <linux/bpf.h>

__attribute__((section("xdp"), used)) int pass(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}

char LICENSE[] __attribute__((section("license"), used)) = "GPL";
