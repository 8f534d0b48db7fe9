/* SPDX-License-Identifier: GPL-2.0-only */
/* The maps of bpf/unselected.c. */
#ifndef MAP_PASSED_H
#define MAP_PASSED_H

#include "helpers.h"
#include "passed.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_PASSED);
	__type(key, struct passed_at);
	__type(value, struct passed);
} passed SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct passed_limit);
} passed_limit SEC(".maps");

#endif /* MAP_PASSED_H */
