/* SPDX-License-Identifier: GPL-2.0-only */
/* What the probes of XDP programs note (xdp.h). The loader makes these maps when it is needed. */
#ifndef MAP_XDP_H
#define MAP_XDP_H

#include "bpfpath.h"
#include "helpers.h"

#define LEFT_WORDS	8

/*
 * A tracked frame as an XDP program has left it: the key is the address of its first byte,
 * as in skb_map.
 */
struct xdp_left {
	__u64 words[LEFT_WORDS];	/* its first bytes; behind its end 0 */
	__u64 dev;		/* struct net_device that has received it */
	__u64 ns;		/* when */
	__u32 len;		/* bytes, without fragments */
	__u32 verdict;		/* enum xdp_action */
	__u32 num;		/* of the program's probe */
	__u32 zero;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 2 * MAX_PACKETS);
	__type(key, __u64);
	__type(value, struct xdp_left);
} xdp_left SEC(".maps");

/* Whose sk_buff a program may be run for. */
enum xdp_runner {
	XDP_FRAME,		/* there is none */
	XDP_GENERIC,		/* bpf_prog_run_generic_xdp(): the sk_buff goes on */
	XDP_VETH,		/* veth_xdp_rcv_skb(): it is a frame if it does not pass */
};

/* The program that runs on this CPU, … */
struct xdp_run {
	__u64 xdp;		/* its struct xdp_buff; 0: none runs */
	__u64 returned;		/* that of the last one that has returned */
	__u64 key;		/* of the packet in skb_map */
	__u32 runner;		/* enum xdp_runner */
	__u32 noted_runner;
	__u64 noted;		/* … and the sk_buff for which the next one may run; or 0 */
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct xdp_run);
} xdp_run SEC(".maps");

#endif /* MAP_XDP_H */
