/* SPDX-License-Identifier: GPL-2.0-only */
/* What output probes note, and what they are told of interfaces (output_probe.h). */
#ifndef MAP_OUTPUTS_H
#define MAP_OUTPUTS_H

#include "bpfpath.h"
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

/* Interfaces by which packets are to leave. */
struct device {
	__u32 netns;		/* inode number */
	__u32 ifindex;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_DEVICES);
	__type(key, struct device);
	__type(value, __u32);
} devices SEC(".maps");

#endif /* MAP_OUTPUTS_H */
