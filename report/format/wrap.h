/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines that are too long for a terminal are broken between words. */
#ifndef WRAP_H
#define WRAP_H

#include "term.h"

#include <stdio.h>

/* Begins a line of commands, with "; " between: each is kept in one piece. */
#define WRAP_COMMANDS	"  look at: "

/*
 * A stream to out, which is the terminal t: lines that are too long for its width,
 * as it is when they come, are broken between words, and the rest of them is
 * indented. A word that is longer than a line stays whole. Characters count as many
 * columns as they take, colours none. What is no terminal, or without memory, is
 * out itself. wrap_end() is to follow.
 */
FILE *wrap_begin(FILE *out, const struct term *t);

/* Gives back what wrap_begin() gave for out. Write errors stay in out. */
void wrap_end(FILE *wrapped, FILE *out);

#endif /* WRAP_H */
