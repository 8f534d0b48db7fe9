/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines that are too long for a terminal are broken between words. */
#ifndef WRAP_H
#define WRAP_H

#include "term.h"

#include <stdio.h>

/* How a line of commands begins. "; " stands between them, and no command is broken. */
#define WRAP_COMMANDS	"  look at: "

/*
 * A stream to out, which is the terminal t: lines that are too long for its present
 * width are broken between words, and the rest of them is indented. A word that is
 * longer than a line stays whole. Characters count as many columns as they take,
 * colours none. If t is no terminal, or without memory, it returns out itself.
 * wrap_end() is to follow.
 */
FILE *wrap_begin(FILE *out, const struct term *t);

/* Gives back what wrap_begin() gave for out. Write errors stay in out. */
void wrap_end(FILE *wrapped, FILE *out);

#endif /* WRAP_H */
