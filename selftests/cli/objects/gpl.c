// SPDX-License-Identifier: GPL-2.0-only
/* Calls a helper that is only for programs under the GPL. */
#include "helpers.h"

SEC("raw_tracepoint/kfree_skb")
int program(__u64 *args)
{
	__u64 value = 0;

	read_kernel(&value, sizeof(value), (void *)args[0]);
	return value & 1;
}

char LICENSE[] SEC("license") = "Proprietary";
