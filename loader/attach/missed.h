/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How many probes were missed while a packet was under way. The kernel only
 * has running totals: they are noted now and then, with the time. Nothing here asks the
 * kernel: count() and clock() do.
 */
#ifndef MISSED_H
#define MISSED_H

#include <stdint.h>

#define MISSED_SAMPLES	8

struct missed {
	/* Gives the total until now, 0 or -errno: not known here. */
	int (*count)(void *ctx, uint64_t *total);
	/* Gives the time, ns. */
	uint64_t (*clock)(void);
	void *ctx;
	struct missed_sample {
		uint64_t begun, done;	/* ns; counted between the two */
		uint64_t total;
	} samples[MISSED_SAMPLES];
	unsigned int newest;
};

/* Notes the total. To be called before the first packet, and now and then. */
void missed_sample(struct missed *missed);

/*
 * missed_before(): the total at the last sample before that time (ns), or at the oldest
 * sample that is still noted. missed_after(): the total at the first sample after that
 * time; if there is none, one is taken now. 0, or -EOPNOTSUPP: the kernel does not count
 * them.
 */
int missed_before(struct missed *missed, uint64_t ns, uint64_t *total);
int missed_after(struct missed *missed, uint64_t ns, uint64_t *total);

#endif /* MISSED_H */
