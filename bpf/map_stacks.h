/* SPDX-License-Identifier: GPL-2.0-only */
/* Which functions work for which packet, for each stack (frames.h). */
#ifndef MAP_STACKS_H
#define MAP_STACKS_H

#include "bpfpath.h"
#include "helpers.h"

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, MAX_STACKS);
	__type(key, __u64);
	__type(value, struct frames);
} stack_map SEC(".maps");

/* All 0: a value of that map is too large for a program's stack. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct frames);
} no_frames SEC(".maps");

#endif /* MAP_STACKS_H */
