// SPDX-License-Identifier: GPL-2.0-only
#include "caches.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS_ROOM	256	/* for the caches in words, bytes */

/* The cache that func works for, in words, or NULL. */
static const char *cache_of(const struct routes *routes, const char *func)
{
	const struct table_entry *found = NULL;

	if (routes->data)
		found = table_find_func(&routes->data->caches, func);
	return found ? found->texts[0] : NULL;
}

static bool has_child(const struct route *route, uint64_t member)
{
	size_t i;

	for (i = 0; i < route->members; i++)
		if (route->member[i].member && route->member[i].parent == member)
			return true;
	return false;
}

/*
 * Was the relative made where a cache is looked after, and only to be freed
 * there? No relative of it has a life of its own.
 */
static bool is_passing(const struct routes *routes, const struct route *route,
		       const struct branch *t)
{
	size_t i;

	if (!t->member || !t->begins || !cache_of(routes, t->after) || t->loss ||
	    t->how != HOW_CONSUMED || has_child(route, t->member))
		return false;
	for (i = 0; i + t->ends < t->count; i++)
		if (!cache_of(routes, t->step[i].func))
			return false;
	return true;
}

/* Has GRO put into another packet what this one holds, and that ended it? */
static bool is_merged(const struct routes *routes, const struct branch *t)
{
	return t->ends && t->count > 1 && t->kind &&
	       !strcmp(t->kind, "merged") &&
	       cache_of(routes, t->step[t->count - 2].func);
}

/* A copy of `from` without steps that are for caches. False: no memory. */
static bool copy_branch(const struct routes *routes, struct branch *t,
		       const struct branch *from)
{
	size_t i;

	*t = *from;
	t->count = 0;
	t->step = calloc(from->count + 1, sizeof(*t->step));
	for (i = 0; t->step && i < from->count; i++)
		if (!cache_of(routes, from->step[i].func))
			t->step[t->count++] = from->step[i];
	return t->step;
}

/* The numbers of relatives that are passing, in their order. */
struct passing {
	uint64_t *member;
	size_t count;
};

static bool find_passing(struct passing *p, const struct routes *routes,
			 const struct route *route)
{
	size_t i;

	p->count = 0;
	p->member = calloc(route->members + 1, sizeof(*p->member));
	for (i = 0; p->member && i < route->members; i++)
		if (is_passing(routes, route, &route->member[i]))
			p->member[p->count++] = route->member[i].member;
	return p->member;
}

/* The number that a relative would have without those. */
static uint64_t stage(const struct passing *p, uint64_t member)
{
	size_t i;

	for (i = 0; i < p->count && p->member[i] < member; i++)
		;
	return member - i;
}

static bool copy_members(const struct routes *routes, struct route *copy,
			 const struct route *route, const struct passing *p)
{
	struct branch *t;
	size_t i, passed = 0;

	for (i = 0; i < route->members; i++) {
		if (passed < p->count &&
		    p->member[passed] == route->member[i].member) {
			passed++;
			continue;
		}
		t = &copy->member[copy->members++];
		if (!copy_branch(routes, t, &route->member[i]))
			return false;
		t->member = stage(p, t->member);
		t->parent = stage(p, t->parent);
	}
	return true;
}

/* copy_branch() for a route, without passing relatives. */
static bool copy_route(const struct routes *routes, struct route *copy,
		     const struct route *route)
{
	struct passing p;
	bool done;

	*copy = (struct route){ .complete = route->complete };
	copy->member = calloc(route->members + 1, sizeof(*copy->member));
	done = find_passing(&p, routes, route) && copy->member &&
	       copy_members(routes, copy, route, &p);
	free(p.member);
	return done;
}

static void free_copy(struct route *copy)
{
	size_t i;

	for (i = 0; i < copy->members; i++)
		free(copy->member[i].step);
	free(copy->member);
}

/*
 * Are the two routes, which are both copies, the same up to where the packet of the other
 * one is merged? The good one is cut there, and its relatives do not count.
 */
static bool same_until_merged(struct route *good, const struct route *other,
			      bool offsets)
{
	const struct branch *merged = other->member;
	const struct branch whole = good->member[0];
	struct branch *t = good->member;
	struct route cut = { t, 1, .complete = true };

	if (other->members != 1 || t->count < merged->count)
		return false;
	*t = *merged;
	t->begins = whole.begins;
	t->member = whole.member;
	t->origin = whole.origin;
	t->step = whole.step;
	t->step[t->count - 1] = merged->step[t->count - 1];
	return !route_order(&cut, other, offsets);
}

/* Are the copies of good and other the same, or what is left of them? */
static bool same_copies(const struct routes *routes, struct route *copy[2],
			const struct route *from[2], bool offsets)
{
	if (!route_order(copy[0], copy[1], offsets))
		return true;
	return from[0]->members && from[1]->members &&
	       !is_merged(routes, from[0]->member) &&
	       is_merged(routes, from[1]->member) &&
	       same_until_merged(copy[0], copy[1], offsets);
}

static bool compare(const struct routes *routes, const struct route *from[2],
		    bool offsets)
{
	struct route good = { .members = 0 }, other = { .members = 0 };
	struct route *copy[2] = { &good, &other };
	bool same = false;

	if (copy_route(routes, &good, from[0]) && copy_route(routes, &other, from[1]))
		same = same_copies(routes, copy, from, offsets);
	else
		routes->names->failed = true;
	free_copy(&good);
	free_copy(&other);
	return same;
}

static size_t count_func(const struct route *route, const char *func)
{
	size_t i, k, count = 0;

	for (i = 0; i < route->members; i++)
		for (k = 0; k < route->member[i].count; k++)
			count += route->member[i].step[k].func == func;
	return count;
}

static void say(char words[WORDS_ROOM], const char *cache)
{
	size_t len = strlen(words);

	if (cache && !strstr(words, cache))
		snprintf(words + len, WORDS_ROOM - len, "%s%s",
			 len ? ", " : "", cache);
}

/* The cache, when one route was at func more often; always: even when none was. */
static const char *differing(const struct routes *routes,
			     const struct route *from[2], const char *func,
			     bool always)
{
	const char *cache = cache_of(routes, func);

	if (!cache || always ||
	    count_func(from[0], func) != count_func(from[1], func))
		return cache;
	return NULL;
}

static void say_caches(char words[WORDS_ROOM], const struct routes *routes,
		       const struct route *from[2], bool always)
{
	const struct branch *t;
	size_t s, i, k;

	for (s = 0; s < 2; s++)
		for (i = 0; i < from[s]->members; i++) {
			t = &from[s]->member[i];
			for (k = 0; k < t->count; k++)
				say(words, differing(routes, from,
						     t->step[k].func, always));
		}
}

const char *caches_alone(const struct routes *routes, const struct route *good,
			 const struct route *other, bool offsets)
{
	const struct route *from[2] = { good, other };
	char words[WORDS_ROOM] = "";

	if (!good->complete || !other->complete ||
	    !compare(routes, from, offsets))
		return NULL;
	say_caches(words, routes, from, false);
	if (!*words)
		say_caches(words, routes, from, true);
	return *words ? names_keep(routes->names, words) : NULL;
}
