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
 * How many were missed from @from to @to (ns), and perhaps shortly before and
 * after: from the last sample before @from to the first after @to, which is
 * taken now if need be. 0, or -EOPNOTSUPP: the kernel does not count them.
 */
int missed_between(struct missed *missed, __u64 from, __u64 to, __u64 *count);

#endif /* MISSED_H */
