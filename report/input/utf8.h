/* SPDX-License-Identifier: GPL-2.0-only */
/* Bytes of unknown origin, made fit for a terminal or for JSON. */
#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define UTF8_SHOWN	64	/* room for utf8_shorten(), bytes */

size_t utf8_plain(const char *s);
int utf8_decode(const char *s, uint32_t *code);
bool utf8_is_control(uint32_t code);
size_t utf8_columns(uint32_t code);
size_t utf8_print(FILE *out, const char *s);
void utf8_line(FILE *out, const char *before, const char *s);
size_t utf8_cut(FILE *out, const char *s, size_t width);
const char *utf8_shorten(char shown[UTF8_SHOWN], const char *s);

#endif /* UTF8_H */
