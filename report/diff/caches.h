/* SPDX-License-Identifier: GPL-2.0-only */
/* Routes that differ only since a cache is cold, old or full (data/caches.list). */
#ifndef CACHES_H
#define CACHES_H

#include "../aggregate/routes.h"

/*
 * The caches that are the only difference between a good route and another one, in
 * words that follow "differs only by "; the names of `routes` keep them. NULL: the two
 * differ, or may differ, in something else, or there is no memory (names->failed is
 * set). The other route may also end where GRO has merged its packet into another one;
 * the good one may not. offsets: as with branch_order().
 */
const char *caches_alone(const struct routes *routes, const struct route *good,
			 const struct route *other, bool offsets);

#endif /* CACHES_H */
