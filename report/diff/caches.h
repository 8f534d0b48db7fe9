/* SPDX-License-Identifier: GPL-2.0-only */
/* Ways that caches alone make different ones (data/caches.list). */
#ifndef CACHES_H
#define CACHES_H

#include "../aggregate/routes.h"

/*
 * The caches that alone are between a good route and another one, in words that
 * follow "differs only by "; the names of `routes` keep them. NULL: something else
 * is between them, or may be, or there is no memory (names->failed is set). The
 * other way may also end where GRO has merged its packet into another one, the
 * good one not. offsets: as with branch_order().
 */
const char *caches_alone(const struct routes *routes, const struct route *good,
			 const struct route *other, bool offsets);

#endif /* CACHES_H */
