/* SPDX-License-Identifier: GPL-2.0-only */
/* Interfaces where packets are wanted (wanted_device.h). */
#ifndef MAP_DEVICES_H
#define MAP_DEVICES_H

#include "bpfpath.h"
#include "helpers.h"

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

#endif /* MAP_DEVICES_H */
