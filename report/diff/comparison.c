// SPDX-License-Identifier: GPL-2.0-only
#include "comparison.h"
#include "caches.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LOOKED_AT	32	/* routes of a side, when the nearest is sought */

/* Complete routes are compared; a side that has none gives what it has. */
static size_t comparable(const struct routes *routes)
{
	size_t i;

	for (i = 0; i < routes->count && routes->route[i]->complete; i++)
		;
	return i ? i : routes->count;
}

bool comparison_offsets(const struct notes *good, const struct notes *bad)
{
	const char *a = notes_find(good, "kernel");
	const char *b = notes_find(bad, "kernel");

	return a && b ? !strcmp(a, b) : a == b;
}

static void add_row(struct comparison *g, const struct route *good,
		    const struct route *bad)
{
	g->row[g->rows].route[GOOD] = good;
	g->row[g->rows].route[BAD] = bad;
	g->rows++;
}

static bool has_route(const struct comparison *g, int side, const struct route *route)
{
	size_t i;

	for (i = 0; i < g->rows; i++)
		if (g->row[i].route[side] == route)
			return true;
	return false;
}

/* The route of the bad side that is the same and not yet in a row, or NULL. */
static const struct route *find_same(const struct comparison *g,
				   const struct route *good, bool offsets)
{
	const struct routes *routes = &g->side[BAD].routes;
	size_t i;

	for (i = 0; i < g->count[BAD]; i++)
		if (!route_order(good, routes->route[i], offsets) &&
		    !has_route(g, BAD, routes->route[i]))
			return routes->route[i];
	return NULL;
}

static void pair_up(struct comparison *g, bool offsets)
{
	const struct routes *good = &g->side[GOOD].routes;
	const struct routes *bad = &g->side[BAD].routes;
	size_t i;

	g->same = true;
	for (i = 0; i < g->count[GOOD]; i++)
		add_row(g, good->route[i], find_same(g, good->route[i], offsets));
	for (i = 0; i < g->count[BAD]; i++)
		if (!has_route(g, BAD, bad->route[i]))
			add_row(g, NULL, bad->route[i]);
	for (i = 0; i < g->rows; i++)
		if (!g->row[i].route[GOOD] || !g->row[i].route[BAD] ||
		    !g->row[i].route[GOOD]->complete)
			g->same = false;
}

/* Takes the two for the nearest when they are nearer, or nothing was yet. */
static int try_pair(struct comparison *g, size_t good, size_t bad, bool offsets)
{
	struct diff_route d;
	int err = diff_routes(&d, g->row[good].route[GOOD], g->row[bad].route[BAD],
			    offsets);

	if (err || (g->nearest.member &&
		    diff_distance(&d) >= diff_distance(&g->nearest))) {
		diff_route_free(&d);
		return err;
	}
	diff_route_free(&g->nearest);
	g->nearest = d;
	g->number[GOOD] = good;
	g->number[BAD] = bad;
	return 0;
}

/* Has this side a route that the other one has not? */
static bool has_own(const struct comparison *g, int side)
{
	size_t i;

	for (i = 0; i < g->rows; i++)
		if (g->row[i].route[side] && !g->row[i].route[!side])
			return true;
	return false;
}

/*
 * The rows of a side that the nearest pair may come from: those it has alone,
 * if there are any, else all. Returns how many; rows has room for LOOKED_AT.
 */
static size_t candidates(const struct comparison *g, int side, size_t *rows)
{
	bool own = has_own(g, side);
	size_t i, count = 0;

	for (i = 0; i < g->rows && count < LOOKED_AT; i++)
		if (g->row[i].route[side] && !(own && g->row[i].route[!side]))
			rows[count++] = i;
	return count;
}

/* Where both have the same routes, the first one with itself. */
static int find_nearest(struct comparison *g, bool offsets)
{
	size_t good[LOOKED_AT], bad[LOOKED_AT], i, j;
	size_t goods = candidates(g, GOOD, good);
	size_t bads = candidates(g, BAD, bad);
	int err = 0;

	if (!has_own(g, GOOD) && !has_own(g, BAD))
		return try_pair(g, 0, 0, offsets);
	for (i = 0; i < goods && !err; i++)
		for (j = 0; j < bads && !err; j++)
			err = try_pair(g, good[i], bad[j], offsets);
	return err;
}

static int find_caches(struct comparison *g, bool offsets)
{
	const struct routes *routes = &g->side[GOOD].routes;
	const struct diff_route *d = &g->nearest;

	if (!d->same)
		g->caches = caches_alone(routes, d->side[GOOD], d->side[BAD],
					 offsets);
	return routes->names->failed ? -ENOMEM : 0;
}

int comparison_make(struct comparison *g, struct side side[2])
{
	bool offsets = comparison_offsets(side[GOOD].notes, side[BAD].notes);
	int i, err;

	memset(g, 0, sizeof(*g));
	g->side = side;
	for (i = GOOD; i <= BAD; i++) {
		routes_sort(&side[i].routes);
		g->count[i] = comparable(&side[i].routes);
	}
	g->row = calloc(g->count[GOOD] + g->count[BAD], sizeof(*g->row));
	if (!g->row)
		return -ENOMEM;
	pair_up(g, offsets);
	err = find_nearest(g, offsets);
	return err ? err : find_caches(g, offsets);
}

void comparison_free(struct comparison *g)
{
	diff_route_free(&g->nearest);
	free(g->row);
}
