/* SPDX-License-Identifier: GPL-2.0-only */
/* What the terminal that output goes to can show. All zero: it is no terminal. */
#ifndef TERM_H
#define TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct term {
	int fd;
	bool any;	/* it is a terminal */
	bool colour;
	size_t width;	/* columns; 0: not known, no limit */
};

enum colour {
	COLOUR_BAD,	/* dropped */
	COLOUR_GOOD,	/* delivered, sent */
	COLOUR_CHANGE,	/* another namespace, interface, flow */
	COLOUR_DOUBT,	/* something is missing */
};

/* Fills t for what is written to fd. */
void term_find(struct term *t, int fd);

/* Finds the width again: the terminal's window may have another size by now. */
void term_resize(struct term *t);

/* Begins that colour (console_codes(4)) in what is printed from here on … */
void term_begin(const struct term *t, FILE *out, enum colour colour);

/* … until here. */
void term_end(const struct term *t, FILE *out);

#endif /* TERM_H */
