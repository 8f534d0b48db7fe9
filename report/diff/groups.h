/* SPDX-License-Identifier: GPL-2.0-only */
/* What is different between two groups of packets. */
#ifndef GROUPS_H
#define GROUPS_H

#include "diff.h"
#include "../format/format.h"

/* A group: the packets of a file. */
struct side {
	const char *name;
	struct routes routes;
	const struct notes *notes;
};

/* A route that is in both groups, or in one: then the other is NULL. */
struct groups_row {
	const struct route *route[2];
};

struct groups {
	const struct side *side;	/* GOOD and BAD */
	bool same;			/* both have the same routes */
	struct groups_row *row;
	size_t rows;
	size_t count[2];		/* how many routes are compared */
	struct diff_route nearest;	/* nearest two of those in one group only */
	size_t number[2];		/* … their rows */
	const char *caches;		/* … their only difference; or NULL */
};

/* Can offsets in functions be compared? Only when both runs had the same kernel. */
bool groups_offsets(const struct notes *good, const struct notes *bad);

/*
 * Compares two groups, GOOD and BAD, neither of which is empty. Returns 0 or
 * -ENOMEM; groups_free() is to follow in both cases.
 */
int groups_compare(struct groups *g, struct side side[2]);

/* Gives back what was found, not the sides. */
void groups_free(struct groups *g);

/*
 * Prints the routes of both groups, where there is more than one, and the
 * nearest two that differ; with -q only what is to be said of those two.
 */
void diff_text(const struct output *o, const struct groups *g);

/* Prints the difference of two groups as one line. */
void diff_json(const struct output *o, const struct groups *g);

#endif /* GROUPS_H */
