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

int routes_add(struct routes *routes, const struct family *f);
int route_order(const struct route *a, const struct route *b, bool offsets);
uint64_t route_id(const struct route *route);
void routes_sort(struct routes *routes);
void routes_free(struct routes *routes);

#endif /* ROUTES_H */
