// SPDX-License-Identifier: GPL-2.0-only
/* Writes to where a map's value may not be. */
#include "helpers.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} shared SEC(".maps");

SEC("classifier")
int program(void *ctx)
{
	__u32 key = 0;
	__u64 *value = bpf_map_lookup_elem(&shared, &key);

	*value = 1;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
