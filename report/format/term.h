/* SPDX-License-Identifier: GPL-2.0-only */
/* What a terminal that is written to can show. All zero: it is none. */
#ifndef TERM_H
#define TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct term {
	int fd;
	bool any;	/* it is one */
	bool colour;
	size_t width;	/* columns; 0: not known, no limit */
};

enum colour {
	COLOUR_BAD,	/* dropped */
	COLOUR_GOOD,	/* delivered, sent */
	COLOUR_CHANGE,	/* another namespace, interface, flow */
	COLOUR_DOUBT,	/* something is missing */
};

void term_find(struct term *t, int fd);
void term_resize(struct term *t);
void term_begin(const struct term *t, FILE *out, enum colour colour);
void term_end(const struct term *t, FILE *out);

#endif /* TERM_H */
