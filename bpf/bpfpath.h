/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The contract between the programs in the kernel and the loader: names,
 * shapes and meaning of the maps. Both sides include this file and nothing
 * else of each other. All numbers are in the machine's byte order, all times
 * are CLOCK_MONOTONIC in ns, as bpf_ktime_get_ns() gives them.
 */
#ifndef BPFPATH_H
#define BPFPATH_H

#include <linux/types.h>

#define MAX_PACKETS	1024	/* packets tracked at a time */
#define MAX_FUNCS	4096	/* function numbers: 1 .. MAX_FUNCS - 1 */
#define EVENTS_BYTES	(1 << 22)	/* size of the ring buffer */
#define SLOT_PACKETS	16	/* without a ring: packets … */
#define SLOT_STEPS	512	/* … and events of each that find a slot */
#define NAME_LEN	16	/* IFNAMSIZ */

/* Where the classifier's own events stand among the function numbers. */
#define FUNC_SELECTED	0

/*
 * What reaching a probe means for the packet: column FIN of kp_funcs.list
 * and the macro KP_FIN.
 */
enum fin {
	FIN_NO,			/* it goes on */
	FIN_CONSUMED,		/* it ends here, delivered or sent */
	FIN_DROPPED,		/* it ends here, dropped */
};

/* Keys of the map "state", an array of __u64. */
enum state {
	ST_ARMED_UNTIL,		/* select until this time; the loader renews it */
	ST_LIMIT,		/* packets to select in all; 0: no end */
	ST_SELECTED,		/* packets selected so far */
	ST_TRACKED,		/* packets under way; 0: probes have nothing to do */
	ST_RUN,			/* tells the lines of this run in trace_pipe from others */
	ST_LOST,		/* events that found no room */
	ST_UNTRACKED,		/* matching packets that found no room in skb_map */
	ST_MAX,
};

/* A tracked packet: value of "skb_map", whose key is the skb's address. */
struct packet {
	__u32 number;		/* 1, 2, … in the order of selection */
	__u32 seq;		/* the next event's sequence number */
};

/* Value of "path_map", whose key is the function number. */
struct path_hit {
	__u64 hits;
	__u64 last_ns;
};

/* What "events" carries: records of a ring buffer, or slots of an array. */
struct event {
	__u64 ns;
	__u64 skb;		/* address */
	__u64 location;		/* dropped: address after the caller's call; else 0 */
	__u32 packet;		/* struct packet: number; 0: an empty slot */
	__u32 seq;		/* 0, 1, …; of FUNC_SELECTED always 0 */
	__u32 func;		/* number of the function, or FUNC_SELECTED */
	__u32 cpu;
	__u32 reason;		/* enum skb_drop_reason; 0: none given */
	__u32 len;		/* skb->len, bytes */
	__u32 mark;
	__u32 ifindex;		/* 0: no device known */
	__u32 netns;		/* inode number; 0: not known */
	__u32 hook;		/* FUNC_SELECTED: enum hook */
	char ifname[NAME_LEN];
};

enum hook {
	HOOK_INGRESS,
	HOOK_EGRESS,
};

#endif /* BPFPATH_H */
