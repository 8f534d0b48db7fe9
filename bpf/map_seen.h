/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MAP_SEEN_H
#define MAP_SEEN_H

#include "helpers.h"

/* How many packets were looked at, at the interfaces where they are wanted. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} seen SEC(".maps");

static always_inline void count_seen(void)
{
	__u32 zero = 0;
	__u64 *count = bpf_map_lookup_elem(&seen, &zero);

	if (count)
		++*count;
}

#endif /* MAP_SEEN_H */
