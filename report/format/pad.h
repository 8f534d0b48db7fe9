/* SPDX-License-Identifier: GPL-2.0-only */
/* Cells of a table. */
#ifndef PAD_H
#define PAD_H

#include <stddef.h>
#include <stdio.h>

/* Prints so many spaces. */
void pad_spaces(FILE *out, size_t count);

/* Prints text, spaces before it up to width columns. */
void pad_left(FILE *out, const char *text, size_t width);

/* Prints text, spaces behind it up to width columns. */
void pad_right(FILE *out, const char *text, size_t width);

/* The same, but no more of text than fits. */
void pad_cut(FILE *out, const char *text, size_t width);

#endif /* PAD_H */
