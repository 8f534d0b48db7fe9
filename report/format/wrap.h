/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines that are too long for a terminal are broken between words. */
#ifndef WRAP_H
#define WRAP_H

#include "term.h"

#include <stdio.h>

/* Begins a line of commands, with "; " between: each is kept in one piece. */
#define WRAP_COMMANDS	"  look at: "

FILE *wrap_begin(FILE *out, const struct term *t);
void wrap_end(FILE *wrapped, FILE *out);

#endif /* WRAP_H */
