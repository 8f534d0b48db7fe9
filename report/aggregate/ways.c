// SPDX-License-Identifier: GPL-2.0-only
#include "ways.h"
#include "../input/grow.h"

#include <errno.h>
#include <inttypes.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>

static void free_way(struct way *way)
{
	size_t i;

	for (i = 0; i < way->members; i++)
		trail_free(&way->member[i]);
	free(way->member);
	free(way);
}

/*
 * 0 when two packets, and what was made of them, went the same way; less or
 * greater than 0 otherwise. offsets: as with trail_order().
 */
int way_order(const struct way *a, const struct way *b, bool offsets)
{
	int diff = a->complete - b->complete;
	size_t i;

	if (!diff)
		diff = (a->members > b->members) - (a->members < b->members);
	for (i = 0; i < a->members && !diff; i++)
		diff = trail_order(&a->member[i], &b->member[i], offsets);
	return diff;
}

static int by_way(const void *a, const void *b)
{
	return way_order(a, b, true);
}

/* Where its parent was when p was made: a function, or NULL. */
static const char *made_after(const struct family *f, const struct path *p)
{
	const struct path *parent = NULL;
	const char *func = NULL;
	size_t i;

	if (p->kin && p->origin)
		parent = sorted_find(&f->members, p->origin->parent.value);
	for (i = 0; parent && i < parent->count &&
		    parent->steps[i]->ns.value <= p->origin->ns.value; i++)
		func = parent->steps[i]->func;
	return func;
}

static int fill_member(struct trail *t, const struct family *f,
		       const struct path *p, const struct ways *ways)
{
	struct why why;
	int err = why_find(&why, ways->data, f, p);

	if (!err)
		err = trail_make(t, p, &why, ways->names);
	t->after = names_keep(ways->names, made_after(f, p));
	why_free(&why);
	return ways->names->failed ? -ENOMEM : err;
}

static int fill(struct way *way, const struct family *f,
		const struct ways *ways)
{
	size_t i;
	int err = 0;

	for (i = 0; i < f->members.count && !err; i++) {
		err = fill_member(&way->member[i], f, family_member(f, i),
				  ways);
		way->members++;
	}
	return err;
}

/* The way of a family that has been judged. NULL: no memory. */
static struct way *make_way(const struct family *f, const struct ways *ways)
{
	struct way *way = calloc(1, sizeof(*way));

	if (!way)
		return NULL;
	way->packet = f->packet;
	way->complete = f->state != PATH_INCOMPLETE;
	way->member = calloc(f->members.count + 1, sizeof(*way->member));
	if (way->member && !fill(way, f, ways))
		return way;
	free_way(way);
	return NULL;
}

static int keep(struct ways *ways, struct way *way)
{
	struct way **grown = grow(ways->way, ways->count, sizeof(*ways->way));

	if (!grown)
		return -ENOMEM;
	ways->way = grown;
	if (!tsearch(way, &ways->tree, by_way))
		return -ENOMEM;
	grown[ways->count++] = way;
	return 0;
}

static int count(struct way *sum, const struct way *one)
{
	size_t i;
	int err = 0;

	for (i = 0; i < sum->members && !err; i++)
		err = trail_count(&sum->member[i], &one->member[i]);
	sum->packets++;
	return err;
}

/* Counts way, which belongs to ways from now on. Returns 0 or -ENOMEM. */
static int add_way(struct ways *ways, struct way *way)
{
	struct way *const *found = tfind(way, &ways->tree, by_way);
	int err;

	if (found) {
		err = count(*found, way);
		free_way(way);
		return err;
	}
	err = keep(ways, way);
	if (err)
		free_way(way);
	return err ? err : count(way, way);
}

/*
 * Counts the way of a family that has been judged. One that is late, whose
 * packet was counted before, is counted as such and no way of its own. Returns
 * 0 or -ENOMEM.
 */
int ways_add(struct ways *ways, const struct family *f)
{
	struct way *way;

	if (f->late) {
		ways->late++;
		return 0;
	}
	ways->packets++;
	if (f->state == PATH_INCOMPLETE) {
		ways->incomplete++;
		if (ways->complete_only)
			return 0;
	}
	way = make_way(f, ways);
	return way ? add_way(ways, way) : -ENOMEM;
}

static int by_packets(const void *a, const void *b)
{
	const struct way *x = *(struct way *const *)a;
	const struct way *y = *(struct way *const *)b;

	if (x->complete != y->complete)
		return y->complete - x->complete;
	if (x->packets != y->packets)
		return x->packets < y->packets ? 1 : -1;
	return (x->packet > y->packet) - (x->packet < y->packet);
}

/* Complete ways first, and those that most packets took. */
void ways_sort(struct ways *ways)
{
	if (ways->count)
		qsort(ways->way, ways->count, sizeof(*ways->way), by_packets);
}

/* FNV-1a, of each string with the byte that ends it. */
static uint64_t hash(uint64_t sum, const char *text)
{
	const char *c = text ? text : "-";

	do
		sum = (sum ^ (unsigned char)*c) * 0x100000001b3;
	while (*c++);
	return sum;
}

static uint64_t hash_number(uint64_t sum, uint64_t number)
{
	char text[32];

	snprintf(text, sizeof(text), "%" PRIu64, number);
	return hash(sum, text);
}

static uint64_t hash_step(uint64_t sum, const struct trail_step *step)
{
	return hash_number(hash(hash(sum, step->func), step->ifname),
			   step->space);
}

static uint64_t hash_trail(uint64_t sum, const struct trail *t)
{
	size_t i;

	sum = hash_number(hash_number(sum, t->kin), t->parent);
	sum = hash_step(sum, &t->origin);
	for (i = 0; i < t->count; i++)
		sum = hash_step(sum, &t->step[i]);
	sum = hash(hash(sum, record_hows[t->how]), t->end_func);
	sum = hash(hash(sum, t->reason), t->location);
	return t->rule ? hash(sum, t->rule) : sum;
}

/* A number that a complete way has in every run. */
uint64_t way_id(const struct way *way)
{
	uint64_t sum = 0xcbf29ce484222325;
	size_t i;

	for (i = 0; i < way->members; i++)
		sum = hash_trail(sum, &way->member[i]);
	return sum;
}

static void free_nothing(void *way)
{
	(void)way;
}

/* Gives back the ways; their names stay. */
void ways_free(struct ways *ways)
{
	size_t i;

	tdestroy(ways->tree, free_nothing);
	for (i = 0; i < ways->count; i++)
		free_way(ways->way[i]);
	free(ways->way);
	ways->way = NULL;
	ways->tree = NULL;
	ways->count = 0;
}
