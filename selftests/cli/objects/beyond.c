// SPDX-License-Identifier: GPL-2.0-only
/* Asks for an argument that the function has not. */
#include "helpers.h"

SEC("fentry/arp_process")
int program(__u64 *args)
{
	return args[11] & 1;
}

char LICENSE[] SEC("license") = "GPL";
