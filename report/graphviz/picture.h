/* SPDX-License-Identifier: GPL-2.0-only */
/* The plan of a picture of a graph: boxes, tables, lines. */
#ifndef PICTURE_H
#define PICTURE_H

#include "graph.h"

/* A segment: the steps on one interface, within a box for its network namespace. */
struct picture_segment {
	const char *ifname;	/* NULL: none */
	struct number netns;
	size_t world;		/* number of the namespace's box */
};

/*
 * A node in the picture. A table holds steps on one interface, one after the other,
 * until a route branches off; a line of the table holds steps of one layer.
 */
struct item {
	const struct node *node;
	const struct item *parent;	/* one of them; NULL: the root */
	size_t parents;		/* how many there are */
	size_t segment;		/* on which interface: its number */
	const char *layer, *color;	/* of a step; NULL: not known */
	struct item *table;	/* the first item of its table … */
	struct item *line;	/* … and of its line; either may be itself */
	struct item *after;	/* the next in its table; NULL: the last */
	size_t used;		/* columns of the line up to this item's end */
};

struct picture {
	struct item *items;	/* by id; a node stands behind its parents */
	size_t count;
	struct picture_segment *segments;
	size_t segment_count, world_count;
	uint64_t slow;		/* times of at least so much stand out, ns */
};

/*
 * Plans a picture of g, which is merged; data, which may be NULL, knows the
 * layers. Returns 0 or -ENOMEM; picture_free() is to follow in any case.
 */
int picture_plan(struct picture *pic, const struct graph *g,
		 const struct data *data);

/* The item of a node that stands for others. */
struct item *picture_item(const struct picture *pic, const struct node *node);

/* Gives back what picture_plan() has made. */
void picture_free(struct picture *pic);

#endif /* PICTURE_H */
