// SPDX-License-Identifier: GPL-2.0-only
#include "diff.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The packet itself, or NULL: nothing of it is recorded. */
static const struct branch *selected(const struct route *route)
{
	return route->members && !route->member[0].member ? &route->member[0] : NULL;
}

/* Relative number i; 0 is the first one. */
static const struct branch *relative(const struct route *route, size_t i)
{
	return &route->member[i + (selected(route) != NULL)];
}

static size_t relatives(const struct route *route)
{
	return route->members - (selected(route) != NULL);
}

/* align_fn: relatives that the same function has made of the same one. */
static unsigned int alike(const void *both, size_t i, size_t j)
{
	const struct diff_route *d = both;
	const struct branch *a = relative(d->side[GOOD], i);
	const struct branch *b = relative(d->side[BAD], j);

	if (a->begins != b->begins || a->origin.func != b->origin.func)
		return 0;
	return 1 + (a->parent == b->parent) +
	       (a->origin.ifname == b->origin.ifname);
}

/* One of both may be NULL, or both. */
static int add_pair(struct diff_route *d, const struct branch *good,
		    const struct branch *bad, bool offsets)
{
	struct diff *pair;

	if (!good && !bad)
		return 0;
	pair = &d->member[d->members++];
	if (good && bad)
		return diff_branches(pair, good, bad, offsets);
	*pair = (struct diff){ .side = { good, bad } };
	return 0;
}

/* Relatives of the bad side from *j to before `end`, which have no partner. */
static int add_lonely(struct diff_route *d, size_t *j, size_t end, bool offsets)
{
	int err = 0;

	for (; *j < end && !err; ++*j)
		err = add_pair(d, NULL, relative(d->side[BAD], *j), offsets);
	return err;
}

static int add_relatives(struct diff_route *d, const size_t *partner,
			 bool offsets)
{
	const struct branch *bad;
	size_t i, j = 0;
	int err = 0;

	for (i = 0; i < relatives(d->side[GOOD]) && !err; i++) {
		bad = NULL;
		if (partner[i] != ALIGN_NONE) {
			err = add_lonely(d, &j, partner[i], offsets);
			bad = relative(d->side[BAD], j++);
		}
		if (!err)
			err = add_pair(d, relative(d->side[GOOD], i), bad,
				       offsets);
	}
	return err ? err : add_lonely(d, &j, relatives(d->side[BAD]), offsets);
}

static int compare(struct diff_route *d, size_t *partner, bool offsets)
{
	const struct route *good = d->side[GOOD], *bad = d->side[BAD];
	int err = align(relatives(good), relatives(bad), alike, d, partner);

	if (!err)
		err = add_pair(d, selected(good), selected(bad), offsets);
	return err ? err : add_relatives(d, partner, offsets);
}

int diff_routes(struct diff_route *d, const struct route *good,
	      const struct route *bad, bool offsets)
{
	size_t *partner = calloc(good->members + 1, sizeof(*partner));
	int err = -ENOMEM;

	memset(d, 0, sizeof(*d));
	d->side[GOOD] = good;
	d->side[BAD] = bad;
	d->same = good->complete && !route_order(good, bad, offsets);
	d->member = calloc(good->members + bad->members + 1,
			   sizeof(*d->member));
	if (partner && d->member)
		err = compare(d, partner, offsets);
	free(partner);
	return err;
}

size_t diff_distance(const struct diff_route *d)
{
	const struct diff *pair;
	size_t i, k, distance = 0;

	for (i = 0; i < d->members; i++) {
		pair = &d->member[i];
		distance += !pair->same + pair->rows - pair->common;
		for (k = 0; k < pair->rows; k++)
			distance += !!(pair->row[k].what & DIFF_PLACE);
		if (!pair->side[GOOD])
			distance += pair->side[BAD]->count;
		if (!pair->side[BAD])
			distance += pair->side[GOOD]->count;
	}
	return distance;
}

void diff_route_free(struct diff_route *d)
{
	size_t i;

	for (i = 0; i < d->members; i++)
		diff_free(&d->member[i]);
	free(d->member);
	d->member = NULL;
	d->members = 0;
}
