// SPDX-License-Identifier: GPL-2.0-only
#include "routes.h"
#include "../../lib/grow.h"
#include "../../lib/hash.h"

#include <errno.h>
#include <inttypes.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>

static void free_route(struct route *route)
{
	size_t i;

	for (i = 0; i < route->members; i++)
		branch_free(&route->member[i]);
	free(route->member);
	free(route);
}

int route_order(const struct route *a, const struct route *b, bool offsets)
{
	int diff = a->complete - b->complete;
	size_t i;

	if (!diff)
		diff = (a->members > b->members) - (a->members < b->members);
	for (i = 0; i < a->members && !diff; i++)
		diff = branch_order(&a->member[i], &b->member[i], offsets);
	return diff;
}

static int by_way(const void *a, const void *b)
{
	return route_order(a, b, true);
}

/* Where its parent was when p was made: a function, or NULL. */
static const char *made_after(const struct family *f, const struct path *p)
{
	const struct path *parent = NULL;
	const char *func = NULL;
	size_t i;

	if (p->member && p->origin)
		parent = sorted_find(&f->members, p->origin->parent.value);
	for (i = 0; parent && i < parent->count &&
		    parent->steps[i]->ns.value <= p->origin->ns.value; i++)
		func = parent->steps[i]->func;
	return func;
}

static int fill_member(struct branch *t, const struct family *f,
		       const struct path *p, const struct routes *routes)
{
	struct why why;
	int err = why_find(&why, routes->data, f, p);

	if (!err)
		err = branch_make(t, routes->data, p, &why, routes->names);
	t->after = names_keep(routes->names, made_after(f, p));
	why_free(&why);
	return routes->names->failed ? -ENOMEM : err;
}

static int fill(struct route *route, const struct family *f,
		const struct routes *routes)
{
	size_t i;
	int err = 0;

	for (i = 0; i < f->members.count && !err; i++) {
		err = fill_member(&route->member[i], f, family_member(f, i),
				  routes);
		route->members++;
	}
	return err;
}

/* The route of a family that has been judged. NULL: no memory. */
static struct route *make_route(const struct family *f, const struct routes *routes)
{
	struct route *route = calloc(1, sizeof(*route));

	if (!route)
		return NULL;
	route->packet = f->packet;
	route->complete = f->state != PATH_INCOMPLETE;
	route->member = calloc(f->members.count + 1, sizeof(*route->member));
	if (route->member && !fill(route, f, routes))
		return route;
	free_route(route);
	return NULL;
}

static int keep(struct routes *routes, struct route *route)
{
	struct route **grown = grow(routes->route, routes->count, sizeof(*routes->route));

	if (!grown)
		return -ENOMEM;
	routes->route = grown;
	if (!tsearch(route, &routes->tree, by_way))
		return -ENOMEM;
	grown[routes->count++] = route;
	return 0;
}

static int count(struct route *sum, const struct route *one)
{
	size_t i;
	int err = 0;

	for (i = 0; i < sum->members && !err; i++)
		err = branch_count(&sum->member[i], &one->member[i]);
	sum->packets++;
	return err;
}

/* Counts route, which belongs to routes from now on. Returns 0 or -ENOMEM. */
static int add_route(struct routes *routes, struct route *route)
{
	struct route *const *found = tfind(route, &routes->tree, by_way);
	int err;

	if (found) {
		err = count(*found, route);
		free_route(route);
		return err;
	}
	err = keep(routes, route);
	if (err)
		free_route(route);
	return err ? err : count(route, route);
}

int routes_add(struct routes *routes, const struct family *f)
{
	struct route *route;

	if (f->late) {
		routes->late++;
		return 0;
	}
	routes->packets++;
	if (f->state == PATH_INCOMPLETE) {
		routes->incomplete++;
		if (routes->complete_only)
			return 0;
	}
	route = make_route(f, routes);
	return route ? add_route(routes, route) : -ENOMEM;
}

static int by_packets(const void *a, const void *b)
{
	const struct route *x = *(struct route *const *)a;
	const struct route *y = *(struct route *const *)b;

	if (x->complete != y->complete)
		return y->complete - x->complete;
	if (x->packets != y->packets)
		return x->packets < y->packets ? 1 : -1;
	return (x->packet > y->packet) - (x->packet < y->packet);
}

void routes_sort(struct routes *routes)
{
	if (routes->count)
		qsort(routes->route, routes->count, sizeof(*routes->route), by_packets);
}

static uint64_t hash_text(uint64_t sum, const char *text)
{
	return hash_string(sum, text ? text : "-");
}

static uint64_t hash_number(uint64_t sum, uint64_t number)
{
	char text[32];

	snprintf(text, sizeof(text), "%" PRIu64, number);
	return hash_text(sum, text);
}

static uint64_t hash_step(uint64_t sum, const struct branch_step *step)
{
	return hash_number(hash_text(hash_text(sum, step->func), step->ifname),
			   step->netns_no);
}

static uint64_t hash_branch(uint64_t sum, const struct branch *t)
{
	size_t i;

	sum = hash_number(hash_number(sum, t->member), t->parent);
	sum = hash_step(sum, &t->origin);
	for (i = 0; i < t->count; i++)
		sum = hash_step(sum, &t->step[i]);
	sum = hash_text(hash_text(sum, record_hows[t->how]), t->end_func);
	sum = hash_text(hash_text(sum, t->reason), t->location);
	return t->rule ? hash_text(sum, t->rule) : sum;
}

uint64_t route_id(const struct route *route)
{
	uint64_t sum = HASH_START;
	size_t i;

	for (i = 0; i < route->members; i++)
		sum = hash_branch(sum, &route->member[i]);
	return sum;
}

static void free_nothing(void *route)
{
	(void)route;
}

void routes_free(struct routes *routes)
{
	size_t i;

	tdestroy(routes->tree, free_nothing);
	for (i = 0; i < routes->count; i++)
		free_route(routes->route[i]);
	free(routes->route);
	routes->route = NULL;
	routes->tree = NULL;
	routes->count = 0;
}
