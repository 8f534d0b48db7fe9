/* SPDX-License-Identifier: GPL-2.0-only */
/* Pieces of output that are kept until they can be written in the order of time. */
#ifndef ORDERED_H
#define ORDERED_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* All zero: no pieces. */
struct ordered {
	struct ordered_piece {
		uint64_t ns, number;	/* number: in which order they came */
		char *bytes;
		size_t size;
	} *piece;			/* a heap: no piece comes before its parent */
	size_t count;
	uint64_t number;		/* of the next piece */
};

/*
 * Keeps a piece of that time, and frees its bytes once they are written. Returns 0 or
 * -ENOMEM.
 */
int ordered_add(struct ordered *o, uint64_t ns, char *bytes, size_t size);

/* Writes and forgets all pieces of times before that one. */
void ordered_write(struct ordered *o, FILE *out, uint64_t before);

/* Gives back what is kept. */
void ordered_free(struct ordered *o);

#endif /* ORDERED_H */
