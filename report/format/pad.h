/* SPDX-License-Identifier: GPL-2.0-only */
/* Cells of a table. */
#ifndef PAD_H
#define PAD_H

#include <stddef.h>
#include <stdio.h>

void pad_spaces(FILE *out, size_t count);
void pad_left(FILE *out, const char *text, size_t width);
void pad_right(FILE *out, const char *text, size_t width);
void pad_cut(FILE *out, const char *text, size_t width);

#endif /* PAD_H */
