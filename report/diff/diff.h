/* SPDX-License-Identifier: GPL-2.0-only */
/* What is different between the routes of two packets. */
#ifndef DIFF_H
#define DIFF_H

#include "align.h"
#include "../aggregate/routes.h"

#define GOOD	0
#define BAD	1

/* In what the two differ at a step that both have. */
enum diff_what {
	DIFF_FUNC = 1 << 0,	/* only in a selection or derivation */
	DIFF_IFACE = 1 << 1,
	DIFF_NETNS = 1 << 2,
	DIFF_MARK = 1 << 3,
	DIFF_LEN = 1 << 4,
	DIFF_TIME = 1 << 5,	/* much longer since the step before */
	DIFF_FLOW = 1 << 6,	/* addresses, and ports that last */
};

/* These make it another route. */
#define DIFF_PLACE	(DIFF_FUNC | DIFF_IFACE | DIFF_NETNS)

/* A step of both, or of one: at of the other is ALIGN_NONE. */
struct diff_row {
	size_t at[2];
	unsigned int what;
};

/* Two packets, or two relatives. */
struct diff {
	const struct branch *side[2];	/* NULL: there is no such relative */
	bool offsets;			/* as with branch_order() */
	bool same;			/* the same branch */
	unsigned int origin;		/* enum diff_what of selection or derivation */
	struct diff_row *row;
	size_t rows, common;
	size_t parted;			/* the first row that one has alone */
	size_t last;			/* the last row that both have */
};

/* Two families: the packets first, then their relatives. */
struct diff_route {
	const struct route *side[2];
	bool same;
	struct diff *member;
	size_t members;
};

/*
 * Compares the branches of two packets or relatives, whose times have been counted.
 * Returns 0 or -ENOMEM; diff_free() is to follow in both cases.
 */
int diff_branches(struct diff *d, const struct branch *good,
		const struct branch *bad, bool offsets);

/* The step of one side in a row; NULL: it has none there. */
const struct branch_step *diff_step(const struct diff *d, size_t row, int side);

/*
 * The time from the step before to that of a row, ns; of several packets the median.
 */
struct number diff_delay(const struct diff *d, size_t row, int side);

/* Gives back the rows. */
void diff_free(struct diff *d);

/*
 * Compares two routes. They are the same only when it is known that no step of
 * them is missing. Returns 0 or -ENOMEM; diff_route_free() is to follow in both
 * cases.
 */
int diff_routes(struct diff_route *d, const struct route *good,
	      const struct route *bad, bool offsets);

/* How far apart they are: how many steps are not common, plus what else differs. */
size_t diff_distance(const struct diff_route *d);

/* Gives back the differences of all members. */
void diff_route_free(struct diff_route *d);

#endif /* DIFF_H */
