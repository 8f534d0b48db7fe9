// SPDX-License-Identifier: GPL-2.0-only
/* Reads what it may not, behind a path that fills a verifier's log. */
#include "helpers.h"

#define TEN(x)	x x x x x x x x x x

SEC("raw_tracepoint/kfree_skb")
int program(__u64 *args)
{
	__u64 sum = args[0];

	TEN(TEN(TEN(sum = sum * 3 + bpf_ktime_get_ns();)))
	return sum + *(int *)args[0];
}

char LICENSE[] SEC("license") = "GPL";
