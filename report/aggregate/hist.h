/* SPDX-License-Identifier: GPL-2.0-only */
/* How times are distributed, in bounded memory. */
#ifndef HIST_H
#define HIST_H

#include <stddef.h>
#include <stdint.h>

#define HIST_EXACT	128	/* so many values are kept as they are */
#define HIST_OCTAVES	65	/* of hist_octave() */
#define HIST_ROUNDS	60	/* of hist_round() */

/* All zero: empty. */
struct hist {
	uint64_t count, sum, min, max;
	uint64_t *value;	/* sorted; NULL above HIST_EXACT */
	uint64_t *bucket;	/* then these: how many values in each */
	size_t low, buckets;	/* the number of the first; how many */
	uint64_t *round;	/* … and in those with round limits */
};

int hist_add(struct hist *h, uint64_t value);
uint64_t hist_percentile(const struct hist *h, unsigned int percent);
uint64_t hist_octave(const struct hist *h, unsigned int octave);
uint64_t hist_limit(unsigned int round);
uint64_t hist_round(const struct hist *h, unsigned int round);
void hist_free(struct hist *h);

#endif /* HIST_H */
