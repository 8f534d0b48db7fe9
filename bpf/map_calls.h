/* SPDX-License-Identifier: GPL-2.0-only */
/* The calls that have not returned: calls.h notes them, leave.h takes them away. */
#ifndef MAP_CALLS_H
#define MAP_CALLS_H

#include "bpfpath.h"
#include "helpers.h"

/* What is not seen to return makes room for others in the end. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, MAX_CALLS);
	__type(key, struct call_key);
	__type(value, struct entered);
} calls SEC(".maps");

#endif /* MAP_CALLS_H */
