/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What bpf/unselected.c counts of packets that pass devices while none is selected. The
 * loader includes this file, too.
 */
#ifndef PASSED_H
#define PASSED_H

#include "bpfpath.h"

#define MAX_PASSED		1024	/* devices and directions */

/* Where they pass: key of the map "passed". */
struct passed_at {
	__u32 netns;		/* inode number */
	__u32 ifindex;
	__u32 egress;		/* 1: they leave by it, 0: they arrive */
};

/* How many: its value. */
struct passed {
	__u64 seen;
	__u64 matched;		/* all that is asked of a packet itself */
	__u64 but_mark;		/* matched but for the mark … */
	__u64 but_inner;	/* … but for the packet inside */
	__u64 but_skb;		/* … but for --skb */
	__u64 mark;		/* the last one of these */
	char name[NAME_LEN];	/* of the device */
};

/* How many may be looked at: value of the map "passed_limit", of each CPU. */
struct passed_limit {
	__u64 window;		/* of time, that is counted in */
	__u64 looked;		/* packets in it */
	__u64 skipped;		/* packets that were too many, in all */
};

#endif /* PASSED_H */
