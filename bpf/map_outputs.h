/* SPDX-License-Identifier: GPL-2.0-only */
/* What output probes note (output_probe.h). */
#ifndef MAP_OUTPUTS_H
#define MAP_OUTPUTS_H

#include "helpers.h"

/*
 * The packet that an output probe has seen last on this CPU, and the stage of that
 * probe.
 */
struct looked {
	__u64 skb;
	__u32 stage;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct looked);
} looked SEC(".maps");

#endif /* MAP_OUTPUTS_H */
