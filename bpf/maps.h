/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The maps of what is tracked, which all programs of a run share; bpfpath.h tells
 * their meaning. The loader makes and pins the maps of the classifier, which includes
 * those of all probes, and binds each probe to the pins. Some are there only where a
 * run needs them (constants.def).
 */
#ifndef MAPS_H
#define MAPS_H

#include "bpfpath.h"
#include "helpers.h"

/* A variable of section ".data.NAME" is the value of the map NAME. */
volatile struct state state SEC(".data.state");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_PACKETS);
	__type(key, __u64);
	__type(value, struct packet);
} skb_map SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_FAMILIES);
	__type(key, __u32);
	__type(value, struct family_counts);
} family_map SEC(".maps");

/*
 * Numbers taken lately, where an atomic add does not tell the old value: of CPUs that
 * want the same number, one gets it into this map. The key is a packet's number; for a
 * relative its member number in the upper half and the packet's in the lower.
 */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 128);
	__type(key, __u64);
	__type(value, __u8);
} claims SEC(".maps");

#endif /* MAPS_H */
