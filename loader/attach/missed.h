/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How many probes were missed while a packet was under way. The kernel only
 * has running totals: they are noted now and then, with the time. Pure: who
 * counts is an argument.
 */
#ifndef MISSED_H
#define MISSED_H

#include <linux/types.h>

#define MISSED_SAMPLES	8

struct missed {
	/* Gives the total until now, 0 or -errno: not known here. */
	int (*count)(void *ctx, __u64 *total);
	/* Gives the time, ns. */
	__u64 (*clock)(void);
	void *ctx;
	struct missed_sample {
		__u64 begun, done;	/* ns; counted between the two */
		__u64 total;
	} samples[MISSED_SAMPLES];
	unsigned int newest;
};

/* Notes the total. To be called before the first packet, and now and then. */
void missed_sample(struct missed *missed);

/*
 * The total at the last sample before that time (ns), or at the oldest that is
 * still noted; and at the first after it, which is taken now if need be.
 * 0, or -EOPNOTSUPP: the kernel does not count them.
 */
int missed_before(struct missed *missed, __u64 ns, __u64 *total);
int missed_after(struct missed *missed, __u64 ns, __u64 *total);

#endif /* MISSED_H */
