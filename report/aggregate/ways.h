/* SPDX-License-Identifier: GPL-2.0-only */
/* The ways that packets took, each once, with how many took it. */
#ifndef WAYS_H
#define WAYS_H

#include "../path/family.h"
#include "trail.h"

/* What one packet and its relatives did. */
struct way {
	struct trail *member;	/* the packet, if known, and its relatives */
	size_t members;
	uint64_t packet;	/* the first one that took it */
	uint64_t packets;	/* how many took it */
	bool complete;		/* as far as it is known */
};

/* All zero but for names, complete_only and data: none. */
struct ways {
	struct names *names;
	bool complete_only;	/* others are counted, but not kept */
	const struct data *data; /* why packets were dropped; NULL: not known */
	struct way **way;	/* in the order of their first packets */
	size_t count;
	void *tree;		/* of tsearch(3) */
	uint64_t packets, incomplete, late;
};

int ways_add(struct ways *ways, const struct family *f);
int way_order(const struct way *a, const struct way *b, bool offsets);
uint64_t way_id(const struct way *way);
void ways_sort(struct ways *ways);
void ways_free(struct ways *ways);

#endif /* WAYS_H */
