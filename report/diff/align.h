/* SPDX-License-Identifier: GPL-2.0-only */
/* Which elements of two sequences belong together. */
#ifndef ALIGN_H
#define ALIGN_H

#include <stddef.h>
#include <stdint.h>

#define ALIGN_NONE	SIZE_MAX	/* no partner */
#define ALIGN_MOST	3		/* as like as two elements can be */
#define ALIGN_CELLS	(1U << 24)	/* most pairs of elements that are looked at */

/*
 * How alike are element i of one sequence and element j of the other? 0: they do not
 * belong together; ALIGN_MOST: they are the same.
 */
typedef unsigned int (*align_fn)(const void *both, size_t i, size_t j);

/*
 * Finds the longest common subsequence of two sequences with n and m elements,
 * of several the one whose pairs are most alike: partner[i], of n, becomes the
 * number of the element that belongs to i, or ALIGN_NONE. Behind a common
 * beginning, sequences with more than ALIGN_CELLS pairs of elements are not
 * aligned. Returns 0 or -ENOMEM.
 */
int align(size_t n, size_t m, align_fn alike, const void *both,
	  size_t *partner);

#endif /* ALIGN_H */
