/* SPDX-License-Identifier: GPL-2.0-only */
/* The routes of packets, merged where they are the same. */
#ifndef GRAPH_H
#define GRAPH_H

#include "../diagnose/data.h"
#include "../path/family.h"

enum node_kind {
	NODE_ROOT,	/* the one above all others */
	NODE_START,	/* a packet is selected */
	NODE_STEP,
	NODE_DERIVED,	/* a relative is made */
	NODE_GAP,	/* steps are missing */
	NODE_END,
};

/* What packets that pass the same node have in common. */
struct node_key {
	enum node_kind kind;
	const char *name;	/* function, hook, copy site, or what to say */
	const char *ifname;	/* NULL: not known */
	struct number netns;
	enum end_how how;	/* of an end */
};

/* From a node to one that packets pass right after it. */
struct edge {
	struct node *to;
	uint64_t count;		/* of packets that went this route, */
	uint64_t timed;		/* of those whose time is known … */
	uint64_t ns;		/* … and the sum of these times */
};

struct node {
	struct node_key key;	/* with strings of its own */
	struct edge *edges;
	size_t count;		/* of edges */
	struct node *next;	/* of all nodes */

	/* graph_merge() */
	struct node *same;	/* the node that stands for this one; NULL: not yet */
	struct node *other;	/* with the same hash */
	uint64_t id;		/* 1, 2, … of those that stand for others */
};

struct graph {
	struct node *root;	/* NULL: nothing is in it */
	struct node *nodes;	/* all, the newest first */
	uint64_t packets, relatives, incomplete;
	uint64_t ns, steps;	/* of selected packets in all */
};

/*
 * 0 when both keys are those of the same node, otherwise less or greater than
 * 0, as qsort(3) wants it.
 */
int graph_order(const struct node_key *a, const struct node_key *b);

/*
 * Moves *at to the node of that key behind it, which is made when it is not there. A
 * packet took that edge from the time from to the time to, ns. Returns 0 or -ENOMEM.
 */
int graph_step(struct graph *g, struct node **at, const struct node_key *key,
	       struct number from, struct number to);

/* Makes the root when there is none. Returns 0 or -ENOMEM. */
int graph_root(struct graph *g);

/* Gives back all nodes. */
void graph_free(struct graph *g);

/*
 * Adds the family's routes; data, which may be NULL, says why a packet ended.
 * Returns 0 or -ENOMEM.
 */
int graph_add(struct graph *g, const struct data *data,
	      const struct family *f);

/*
 * Merges nodes that are the same. To be called once, when all routes are added. Returns
 * 0 or -ENOMEM.
 */
int graph_merge(struct graph *g);

#endif /* GRAPH_H */
