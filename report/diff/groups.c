// SPDX-License-Identifier: GPL-2.0-only
#include "groups.h"
#include "caches.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LOOKED_AT	32	/* ways of a side, when the nearest is sought */

/* Complete ways are compared; a side that has none gives what it has. */
static size_t comparable(const struct ways *ways)
{
	size_t i;

	for (i = 0; i < ways->count && ways->way[i]->complete; i++)
		;
	return i ? i : ways->count;
}

/* Offsets in functions say nothing when the kernels are different ones. */
bool groups_offsets(const struct notes *good, const struct notes *bad)
{
	const char *a = notes_find(good, "kernel");
	const char *b = notes_find(bad, "kernel");

	return a && b ? !strcmp(a, b) : a == b;
}

static void add_row(struct groups *g, const struct way *good,
		    const struct way *bad)
{
	g->row[g->rows].way[GOOD] = good;
	g->row[g->rows].way[BAD] = bad;
	g->rows++;
}

static bool has_way(const struct groups *g, int side, const struct way *way)
{
	size_t i;

	for (i = 0; i < g->rows; i++)
		if (g->row[i].way[side] == way)
			return true;
	return false;
}

/* The way of the bad side that is the same and not yet in a row, or NULL. */
static const struct way *find_same(const struct groups *g,
				   const struct way *good, bool offsets)
{
	const struct ways *ways = &g->side[BAD].ways;
	size_t i;

	for (i = 0; i < g->count[BAD]; i++)
		if (!way_order(good, ways->way[i], offsets) &&
		    !has_way(g, BAD, ways->way[i]))
			return ways->way[i];
	return NULL;
}

static void pair_up(struct groups *g, bool offsets)
{
	const struct ways *good = &g->side[GOOD].ways;
	const struct ways *bad = &g->side[BAD].ways;
	size_t i;

	g->same = true;
	for (i = 0; i < g->count[GOOD]; i++)
		add_row(g, good->way[i], find_same(g, good->way[i], offsets));
	for (i = 0; i < g->count[BAD]; i++)
		if (!has_way(g, BAD, bad->way[i]))
			add_row(g, NULL, bad->way[i]);
	for (i = 0; i < g->rows; i++)
		if (!g->row[i].way[GOOD] || !g->row[i].way[BAD] ||
		    !g->row[i].way[GOOD]->complete)
			g->same = false;
}

/* Takes the two for the nearest when they are nearer, or nothing was yet. */
static int try_pair(struct groups *g, size_t good, size_t bad, bool offsets)
{
	struct diff_way d;
	int err = diff_ways(&d, g->row[good].way[GOOD], g->row[bad].way[BAD],
			    offsets);

	if (err || (g->nearest.member &&
		    diff_distance(&d) >= diff_distance(&g->nearest))) {
		diff_way_free(&d);
		return err;
	}
	diff_way_free(&g->nearest);
	g->nearest = d;
	g->number[GOOD] = good;
	g->number[BAD] = bad;
	return 0;
}

/* Has this side a way that the other one has not? */
static bool has_own(const struct groups *g, int side)
{
	size_t i;

	for (i = 0; i < g->rows; i++)
		if (g->row[i].way[side] && !g->row[i].way[!side])
			return true;
	return false;
}

/*
 * The rows of a side that the nearest pair may come from: those it has alone,
 * if there are any, else all. Returns how many; rows has room for LOOKED_AT.
 */
static size_t candidates(const struct groups *g, int side, size_t *rows)
{
	bool own = has_own(g, side);
	size_t i, count = 0;

	for (i = 0; i < g->rows && count < LOOKED_AT; i++)
		if (g->row[i].way[side] && !(own && g->row[i].way[!side]))
			rows[count++] = i;
	return count;
}

/* Where both have the same ways, the first one with itself. */
static int find_nearest(struct groups *g, bool offsets)
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

static int find_caches(struct groups *g, bool offsets)
{
	const struct ways *ways = &g->side[GOOD].ways;
	const struct diff_way *d = &g->nearest;

	if (!d->same)
		g->caches = caches_alone(ways, d->side[GOOD], d->side[BAD],
					 offsets);
	return ways->names->failed ? -ENOMEM : 0;
}

/*
 * Compares two groups, GOOD and BAD, neither of which is empty. Returns 0 or
 * -ENOMEM; groups_free() is to follow in both cases.
 */
int groups_compare(struct groups *g, struct side side[2])
{
	bool offsets = groups_offsets(side[GOOD].notes, side[BAD].notes);
	int i, err;

	memset(g, 0, sizeof(*g));
	g->side = side;
	for (i = GOOD; i <= BAD; i++) {
		ways_sort(&side[i].ways);
		g->count[i] = comparable(&side[i].ways);
	}
	g->row = calloc(g->count[GOOD] + g->count[BAD], sizeof(*g->row));
	if (!g->row)
		return -ENOMEM;
	pair_up(g, offsets);
	err = find_nearest(g, offsets);
	return err ? err : find_caches(g, offsets);
}

/* Gives back what was found, not the sides. */
void groups_free(struct groups *g)
{
	diff_way_free(&g->nearest);
	free(g->row);
}
