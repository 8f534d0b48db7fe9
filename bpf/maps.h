/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The maps that all programs of a run share. The loader makes and pins them
 * with the classifier and binds every probe to the pins. bpfpath.h tells
 * their meaning.
 */
#ifndef MAPS_H
#define MAPS_H

#include "bpfpath.h"
#include "helpers.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, ST_MAX);
	__type(key, __u32);
	__type(value, __u64);
} state SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_PACKETS);
	__type(key, __u64);
	__type(value, struct packet);
} skb_map SEC(".maps");

#if defined(READ_RING)
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, EVENTS_BYTES);
} events SEC(".maps");
#elif defined(READ_MAP)
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, SLOT_PACKETS * SLOT_STEPS);
	__type(key, __u32);
	__type(value, struct event);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, MAX_FUNCS);
	__type(key, __u32);
	__type(value, struct path_hit);
} path_map SEC(".maps");
#elif !defined(READ_PIPE)
#error "one of READ_RING, READ_MAP, READ_PIPE must be defined"
#endif

static always_inline __u64 *state_at(__u32 key)
{
	return bpf_map_lookup_elem(&state, &key);
}

static always_inline void state_add(__u32 key, __u64 n)
{
	__u64 *value = state_at(key);

	if (value)
		__sync_fetch_and_add(value, n);
}

#endif /* MAPS_H */
