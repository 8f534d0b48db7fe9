/* SPDX-License-Identifier: GPL-2.0-only */
/* The routes that packets took, each once, with how many took it. */
#ifndef ROUTES_H
#define ROUTES_H

#include "../path/family.h"
#include "branch.h"

/* What one packet and its relatives did. */
struct route {
	struct branch *member;	/* the packet, if known, and its relatives */
	size_t members;
	uint64_t packet;	/* the first one that took it */
	uint64_t packets;	/* how many took it */
	bool complete;		/* as far as it is known */
};

/* All zero but for names, complete_only and data: none. */
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
 * Counts the route of a family that has been judged. One that is late, whose
 * packet was counted before, is counted as such and no route of its own. Returns
 * 0 or -ENOMEM.
 */
int routes_add(struct routes *routes, const struct family *f);

/*
 * 0 when two packets, and what was made of them, went the same way; less or
 * greater than 0 otherwise. offsets: as with branch_order().
 */
int route_order(const struct route *a, const struct route *b, bool offsets);

/* A number that a complete route has in every run. */
uint64_t route_id(const struct route *route);

/* Complete routes first, and those that most packets took. */
void routes_sort(struct routes *routes);

/* Gives back the routes; their names stay. */
void routes_free(struct routes *routes);

#endif /* ROUTES_H */
