/* SPDX-License-Identifier: GPL-2.0-only */
/* The steps of a path as calls of functions: which was made within which. */
#ifndef FORMAT_CALLS_H
#define FORMAT_CALLS_H

#include "../path/path.h"

#define NO_CALL	SIZE_MAX

/* A step; the others are places in struct calls, NO_CALL: there is none. */
struct call {
	const struct record *step;
	const struct record *ret;	/* NULL: not seen to return */
	size_t context;			/* what runs one thing after another */
	size_t parent;			/* the call that it was made within */
	size_t child, last;		/* first and last within it, by time, … */
	size_t next;			/* … and the next one there */
};

struct calls {
	struct call *call;	/* in the order of the path's steps */
	size_t count;
	struct call root;	/* of which child, last are those within none */
	size_t returned;	/* calls that were seen to return */
	size_t stray;		/* returns of functions not seen to begin */
};

/*
 * Finds the calls of p, which path_judge() has seen. A thread runs one thing after
 * another, and so does a CPU without one (idle, where interrupts work): there, what
 * begins later returns earlier. Returns 0, or -ENOMEM; then there is nothing to
 * free.
 */
int calls_find(struct calls *c, const struct path *p);

/* Gives back the calls; their records are those of the path. */
void calls_free(struct calls *c);

#endif /* FORMAT_CALLS_H */
