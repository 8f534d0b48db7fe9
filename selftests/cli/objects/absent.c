// SPDX-License-Identifier: GPL-2.0-only
/* For a tracepoint that no kernel has. */
#include "helpers.h"

SEC("raw_tracepoint/no_such_tracepoint")
int program(__u64 *args)
{
	return args[0] & 1;
}

char LICENSE[] SEC("license") = "GPL";
