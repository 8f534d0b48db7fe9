/* SPDX-License-Identifier: GPL-2.0-only */
/* The steps of a path as calls of functions, each within the one that made it. */
#ifndef FORMAT_CALLS_H
#define FORMAT_CALLS_H

#include "../path/path.h"

#define NO_CALL	SIZE_MAX

/* A step. parent, child, last and next are places in struct calls; NO_CALL: none. */
struct call {
	const struct record *step;
	const struct record *ret;	/* NULL: not seen to return */
	size_t context;			/* the thread or CPU that runs it */
	size_t parent;			/* the call that it was made within */
	size_t child, last;		/* first and last call within it, by time, … */
	size_t next;			/* … and the next one within parent */
};

struct calls {
	struct call *call;	/* in the order of the path's steps */
	size_t count;
	struct call root;	/* its child and last are calls within no other */
	size_t returned;	/* calls that were seen to return */
	size_t stray;		/* returns of functions not seen to begin */
};

/*
 * Finds the calls of p, which path_judge() has seen. A thread runs one thing after
 * another, and so does a CPU that runs none (idle, in interrupts): there a call that
 * begins later returns earlier. Returns 0; or -ENOMEM, and then there is nothing to
 * free.
 */
int calls_find(struct calls *c, const struct path *p);

/* Gives back the calls; their records are those of the path. */
void calls_free(struct calls *c);

#endif /* FORMAT_CALLS_H */
