/* SPDX-License-Identifier: GPL-2.0-only */
/* The routes that packets took, each once, with how many took it. */
#ifndef ROUTES_H
#define ROUTES_H

#include "../path/family.h"
#include "branch.h"

/* What the paths of packets that took it have in common: a branch for each member. */
struct route {
	struct branch *member;	/* the packet, if known, and its relatives */
	size_t members;
	uint64_t packet;	/* the first one that took it */
	uint64_t packets;	/* how many took it */
	bool complete;		/* as far as it is known */
};

/* All zero but for names, complete_only and data: no routes yet. */
struct routes {
	struct names *names;
	bool complete_only;	/* others are counted, but not kept */
	const struct data *data; /* why packets were dropped; NULL: not known */
	struct route **route;	/* in the order of their first packets */
	size_t count;
	void *tree;		/* of tsearch(3) */
	uint64_t packets, incomplete, late;
};

/*
 * Counts the route of a family that has been judged. A late family, whose packet was
 * counted before, is counted as late and makes no route of its own. Returns 0 or
 * -ENOMEM.
 */
int routes_add(struct routes *routes, const struct family *f);

/*
 * 0 when all branches of both routes are the same; less or greater than 0 otherwise.
 * offsets: as with branch_order().
 */
int route_order(const struct route *a, const struct route *b, bool offsets);

/* A number that a complete route has in every run. */
uint64_t route_id(const struct route *route);

/* Sorts them: complete routes first, then those that most packets took. */
void routes_sort(struct routes *routes);

/* Gives back the routes; their names stay. */
void routes_free(struct routes *routes);

#endif /* ROUTES_H */
