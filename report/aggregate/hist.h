/* SPDX-License-Identifier: GPL-2.0-only */
/* How times are distributed, in bounded memory. */
#ifndef HIST_H
#define HIST_H

#include <stddef.h>
#include <stdint.h>

#define HIST_EXACT	128	/* so many values are kept as they are */
#define HIST_OCTAVES	65	/* octaves of hist_octave() */
#define HIST_ROUNDS	60	/* buckets of hist_round() */

/* All zero: empty. */
struct hist {
	uint64_t count, sum, min, max;
	uint64_t *value;	/* sorted; NULL above HIST_EXACT */
	uint64_t *bucket;	/* then these: how many values in each */
	size_t low, buckets;	/* the number of the first; how many */
	uint64_t *round;	/* … and in those with round limits */
};

/* Adds a value, in whatever unit. Returns 0 or -ENOMEM. */
int hist_add(struct hist *h, uint64_t value);

/*
 * The least value below or at which `percent` (1 to 100) of all values lie; 0 when there
 * is none. Exact up to HIST_EXACT values, and for 100; else at most 1/64 wrong.
 */
uint64_t hist_percentile(const struct hist *h, unsigned int percent);

/*
 * How many values have so many binary digits: octave 0 is 0, octave n is from
 * 2^(n-1) to 2^n - 1. Exact.
 */
uint64_t hist_octave(const struct hist *h, unsigned int octave);

/* The greatest value of a round bucket: 0, 1, 2, 5, 10, 20, 50, …, all. */
uint64_t hist_limit(unsigned int round);

/*
 * How many values are in that round bucket: above the limit of the one before, and not
 * above its own. Exact.
 */
uint64_t hist_round(const struct hist *h, unsigned int round);

/* Empties it. */
void hist_free(struct hist *h);

#endif /* HIST_H */
