// SPDX-License-Identifier: GPL-2.0-only
#include "align.h"

#include <errno.h>
#include <stdlib.h>

/* What is left of both sequences behind their common beginning. */
struct rest {
	size_t begin, n, m;
	align_fn alike;
	const void *both;
	uint32_t pair;		/* what a pair counts; likeness comes second */
	uint32_t *best;		/* of what begins at i and j */
};

static uint32_t *best_at(const struct rest *r, size_t i, size_t j)
{
	return &r->best[i * (r->m + 1) + j];
}

/* What elements i and j count as a pair; 0: they are none. */
static uint32_t weigh(const struct rest *r, size_t i, size_t j)
{
	unsigned int like = r->alike(r->both, r->begin + i, r->begin + j);

	return like ? r->pair + like : 0;
}

/* From the ends of both to their beginnings: the best that can follow. */
static void fill(const struct rest *r)
{
	uint32_t here, with;
	size_t i, j;

	for (i = r->n; i--;)
		for (j = r->m; j--;) {
			here = *best_at(r, i + 1, j);
			if (*best_at(r, i, j + 1) > here)
				here = *best_at(r, i, j + 1);
			with = weigh(r, i, j);
			if (with && with + *best_at(r, i + 1, j + 1) > here)
				here = with + *best_at(r, i + 1, j + 1);
			*best_at(r, i, j) = here;
		}
}

/* Of several best pairings, takes the one that pairs as early as it can. */
static void walk(const struct rest *r, size_t *partner)
{
	uint32_t with, here;
	size_t i = 0, j = 0;

	while (i < r->n && j < r->m) {
		here = *best_at(r, i, j);
		with = weigh(r, i, j);
		if (with && here == with + *best_at(r, i + 1, j + 1))
			partner[r->begin + i++] = r->begin + j++;
		else if (here == *best_at(r, i + 1, j))
			i++;
		else
			j++;
	}
}

static int align_rest(struct rest *r, size_t *partner)
{
	size_t shorter = r->n < r->m ? r->n : r->m;

	if (!shorter || r->n > ALIGN_CELLS / r->m)
		return 0;
	r->pair = (ALIGN_MOST + 1) * shorter;
	r->best = calloc((r->n + 1) * (r->m + 1), sizeof(*r->best));
	if (!r->best)
		return -ENOMEM;
	fill(r);
	walk(r, partner);
	free(r->best);
	return 0;
}

int align(size_t n, size_t m, align_fn alike, const void *both,
	  size_t *partner)
{
	struct rest r = { .alike = alike, .both = both };
	size_t i;

	for (i = 0; i < n; i++)
		partner[i] = ALIGN_NONE;
	for (i = 0; i < n && i < m && alike(both, i, i) == ALIGN_MOST; i++)
		partner[i] = i;
	r.begin = i;
	r.n = n - i;
	r.m = m - i;
	return align_rest(&r, partner);
}
