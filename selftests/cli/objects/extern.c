// SPDX-License-Identifier: GPL-2.0-only
/* Refers to what it does not have: a constant that nobody knows. */
#include "helpers.h"

extern int elsewhere;

SEC("classifier")
int program(void *ctx)
{
	int key = 0;

	return !bpf_map_lookup_elem(&elsewhere, &key);
}

char LICENSE[] SEC("license") = "GPL";
