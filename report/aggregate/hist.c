// SPDX-License-Identifier: GPL-2.0-only
/*
 * A histogram keeps its first HIST_EXACT values; when there are more, only how
 * many fall into each bucket. Values below 64 have a bucket each; above, each
 * power of two is cut into 32 buckets of the same width, so that the middle of
 * a bucket is at most 1/64 away from any value in it.
 */
#include "hist.h"
#include "../../lib/grow.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define SMALL	64	/* values with a bucket of their own */
#define PIECES	32	/* buckets in a power of two */

/* How many binary digits value has; 0 for 0. */
static unsigned int digits(uint64_t value)
{
	return value ? 64 - __builtin_clzll(value) : 0;
}

/* The first six digits of a value with more, 32 to 63, choose the bucket. */
static size_t bucket_of(uint64_t value)
{
	unsigned int rest;

	if (value < SMALL)
		return value;
	rest = digits(value) - 6;
	return SMALL + (rest - 1) * PIECES + (value >> rest) - PIECES;
}

/* The least value of a bucket, and how many digits behind it are free. */
static uint64_t bucket_start(size_t bucket, unsigned int *rest)
{
	*rest = 0;
	if (bucket < SMALL)
		return bucket;
	*rest = (bucket - SMALL) / PIECES + 1;
	return ((bucket - SMALL) % PIECES + PIECES) << *rest;
}

static uint64_t bucket_middle(size_t bucket)
{
	unsigned int rest;
	uint64_t start = bucket_start(bucket, &rest);

	return start + (rest ? 1ULL << (rest - 1) : 0);
}

/* Makes the buckets from the lowest one to the highest one reach to this. */
static int reach(struct hist *h, size_t bucket)
{
	size_t end = h->low + h->buckets, low = h->low, first;
	uint64_t *grown;

	if (!h->buckets)
		low = end = bucket;
	first = bucket < low ? bucket : low;
	if (bucket >= end)
		end = bucket + 1;
	if (end - first == h->buckets)
		return 0;
	grown = calloc(end - first, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	if (h->buckets)
		memcpy(grown + (low - first), h->bucket,
		       h->buckets * sizeof(*grown));
	free(h->bucket);
	h->bucket = grown;
	h->low = first;
	h->buckets = end - first;
	return 0;
}

#define DECADE(power)	1 * (power), 2 * (power), 5 * (power)

static const uint64_t limits[HIST_ROUNDS] = {
	0,
	DECADE(1ULL),
	DECADE(10ULL),
	DECADE(100ULL),
	DECADE(1000ULL),
	DECADE(10000ULL),
	DECADE(100000ULL),
	DECADE(1000000ULL),
	DECADE(10000000ULL),
	DECADE(100000000ULL),
	DECADE(1000000000ULL),
	DECADE(10000000000ULL),
	DECADE(100000000000ULL),
	DECADE(1000000000000ULL),
	DECADE(10000000000000ULL),
	DECADE(100000000000000ULL),
	DECADE(1000000000000000ULL),
	DECADE(10000000000000000ULL),
	DECADE(100000000000000000ULL),
	DECADE(1000000000000000000ULL),
	10000000000000000000ULL, UINT64_MAX,
};

uint64_t hist_limit(unsigned int round)
{
	return limits[round];
}

static unsigned int round_of(uint64_t value)
{
	unsigned int round = 0;

	while (value > limits[round])
		round++;
	return round;
}

static int count_value(struct hist *h, uint64_t value)
{
	size_t bucket = bucket_of(value);
	int err = reach(h, bucket);

	if (!h->round)
		h->round = calloc(HIST_ROUNDS, sizeof(*h->round));
	if (err || !h->round)
		return -ENOMEM;
	h->bucket[bucket - h->low]++;
	h->round[round_of(value)]++;
	return 0;
}

/* From values to buckets. */
static int pour(struct hist *h)
{
	size_t i;
	int err = 0;

	for (i = 0; i < h->count && !err; i++)
		err = count_value(h, h->value[i]);
	free(h->value);
	h->value = NULL;
	return err;
}

/* Puts value into its place among the values. */
static int keep_value(struct hist *h, uint64_t value)
{
	size_t i = h->count;
	uint64_t *grown = grow(h->value, i, sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	h->value = grown;
	for (; i && grown[i - 1] > value; i--)
		grown[i] = grown[i - 1];
	grown[i] = value;
	return 0;
}

int hist_add(struct hist *h, uint64_t value)
{
	int err = h->count == HIST_EXACT ? pour(h) : 0;

	if (!err)
		err = h->count < HIST_EXACT ? keep_value(h, value) :
					      count_value(h, value);
	if (err)
		return err;
	if (!h->count || value < h->min)
		h->min = value;
	if (value > h->max)
		h->max = value;
	h->count++;
	h->sum += value;
	return 0;
}

static uint64_t limit(const struct hist *h, uint64_t value)
{
	if (value < h->min)
		return h->min;
	return value > h->max ? h->max : value;
}

uint64_t hist_percentile(const struct hist *h, unsigned int percent)
{
	uint64_t stage = h->count / 100 * percent +
			(h->count % 100 * percent + 99) / 100;
	size_t i;

	if (!h->count)
		return 0;
	if (h->value)
		return h->value[stage - 1];
	if (stage == h->count)
		return h->max;
	for (i = 0; stage > h->bucket[i]; i++)
		stage -= h->bucket[i];
	return limit(h, bucket_middle(h->low + i));
}

uint64_t hist_octave(const struct hist *h, unsigned int octave)
{
	uint64_t count = 0;
	unsigned int rest;
	size_t i;

	for (i = 0; h->value && i < h->count; i++)
		count += digits(h->value[i]) == octave;
	for (i = 0; i < h->buckets; i++)
		if (digits(bucket_start(h->low + i, &rest)) == octave)
			count += h->bucket[i];
	return count;
}

uint64_t hist_round(const struct hist *h, unsigned int round)
{
	uint64_t count = h->round ? h->round[round] : 0;
	size_t i;

	for (i = 0; h->value && i < h->count; i++)
		count += h->value[i] <= limits[round] &&
			 (!round || h->value[i] > limits[round - 1]);
	return count;
}

void hist_free(struct hist *h)
{
	free(h->round);
	free(h->value);
	free(h->bucket);
	*h = (struct hist){ .count = 0 };
}
