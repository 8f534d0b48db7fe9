/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The maps that all programs of a run share. The loader makes and pins them
 * with the classifier and binds every probe to the pins. bpfpath.h tells
 * their meaning. Some are there only where a run needs
 * them (constants.def).
 */
#ifndef MAPS_H
#define MAPS_H

#include "bpfpath.h"
#include "helpers.h"

#define XT_RULES	512	/* of a table of iptables: those that are looked at */
#define XT_MATCHES	16	/* a packet's last ones */

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
	__type(value, struct family);
} family_map SEC(".maps");

/* Ports of UDP tunnels, besides those that are usual: enum tunnel (tunnel.h). */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_PORTS);
	__type(key, __u32);
	__type(value, __u32);
} tunnel_ports SEC(".maps");

/* What is not seen to return makes room for others in the end. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, MAX_CALLS);
	__type(key, struct call);
	__type(value, struct entered);
} calls SEC(".maps");

/*
 * Numbers taken lately: what decides between CPUs that want the same one, where an
 * atomic add does not. Of a packet, or of a relative in the upper and its packet in
 * the lower half.
 */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 128);
	__type(key, __u64);
	__type(value, __u8);
} claims SEC(".maps");

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

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, EVENTS_BYTES);
} events SEC(".maps");

/* An entry of such a table. */
struct xt_place {
	__u64 entry;		/* its address; 0: none */
	__u64 head;		/* the entry that heads its chain; 0: a hook's chain */
	__u32 number;		/* in the chain, from 1 */
};

/*
 * Of the table of iptables that a tracked packet walks through on this CPU. What
 * is searched for stands here as well: what the verifier knew of variables would
 * have it follow the loop for each value.
 */
struct xt_seen {
	__u64 skb, info;	/* struct xt_table_info */
	__u64 base, policy;	/* first and last entry of the hook's chain */
	struct xt_place at;
	__u32 count;		/* of entries that have matched … */
	struct xt_place matched[XT_MATCHES];	/* … the last ones */
	__u32 drops, last;	/* how many of them drop; which one is the last */
	__u64 packets[XT_RULES];	/* its rules have counted before */
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct xt_seen);
} xt_seen SEC(".maps");

/* The question that is in hand on this CPU (answer.h). */
struct asked {
	__u64 skb, task;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct asked);
} asked_map SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, SLOT_PACKETS * SLOT_STEPS);
	__type(key, __u32);
	__type(value, struct event);
} slots SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, MAX_FUNCS + 1);
	__type(key, __u32);
	__type(value, struct path_hit);
} path_map SEC(".maps");

#endif /* MAPS_H */
