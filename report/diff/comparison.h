/* SPDX-License-Identifier: GPL-2.0-only */
/* What is different between the packets of two files. */
#ifndef COMPARISON_H
#define COMPARISON_H

#include "diff.h"
#include "../format/format.h"

/* The packets of a file. */
struct side {
	const char *name;
	struct routes routes;
	const struct notes *notes;
};

/* A route that both sides have, or one: then the other is NULL. */
struct comparison_row {
	const struct route *route[2];
};

struct comparison {
	const struct side *side;	/* GOOD and BAD */
	bool same;			/* both have the same routes */
	struct comparison_row *row;
	size_t rows;
	size_t count[2];		/* how many routes are compared */
	struct diff_route nearest;	/* nearest two of those that one side alone has */
	size_t number[2];		/* … their rows */
	const char *caches;		/* … their only difference; or NULL */
};

/* Can offsets in functions be compared? Only when both runs had the same kernel. */
bool comparison_offsets(const struct notes *good, const struct notes *bad);

/*
 * Compares two sides, GOOD and BAD, neither of which is empty. Returns 0 or
 * -ENOMEM; comparison_free() is to follow in both cases.
 */
int comparison_make(struct comparison *g, struct side side[2]);

/* Gives back what was found, not the sides. */
void comparison_free(struct comparison *g);

/*
 * Prints the routes of both sides, where there is more than one, and the
 * nearest two that differ; with -q only what is to be said of those two.
 */
void diff_text(const struct output *o, const struct comparison *g);

/* Prints the difference of two sides as one line. */
void diff_json(const struct output *o, const struct comparison *g);

#endif /* COMPARISON_H */
