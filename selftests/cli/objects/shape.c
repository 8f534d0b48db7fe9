// SPDX-License-Identifier: GPL-2.0-only
/* A map "shared" of the shape that -D says. */
#include "helpers.h"

#ifndef TYPE
#define TYPE	BPF_MAP_TYPE_ARRAY
#endif
#ifndef KEY
#define KEY	__u32
#endif
#ifndef VALUE
#define VALUE	__u64
#endif
#ifndef ENTRIES
#define ENTRIES	4
#endif

struct {
	__uint(type, TYPE);
	__uint(max_entries, ENTRIES);
	__type(key, KEY);
	__type(value, VALUE);
} shared SEC(".maps");

SEC("classifier")
int program(void *ctx)
{
	KEY key = 0;

	return !bpf_map_lookup_elem(&shared, &key);
}

char LICENSE[] SEC("license") = "GPL";
