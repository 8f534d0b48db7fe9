/* SPDX-License-Identifier: GPL-2.0-only */
/* Bytes of unknown origin, made fit for a terminal or for JSON. */
#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define UTF8_SHOWN	64	/* room for utf8_shorten(), bytes */

/*
 * How many bytes of s, from its beginning, are printable ASCII that no form
 * escapes: the common case, which need not be looked at byte by byte again.
 */
size_t utf8_plain(const char *s);

/*
 * Decodes the character at s, a string that ends with NUL, into *code.
 * Returns its length in bytes, 1 to 4, or 0 when the bytes are not UTF-8.
 */
int utf8_decode(const char *s, uint32_t *code);

/*
 * How many columns of a terminal a character takes: two if Unicode calls it wide
 * (EastAsianWidth.txt), none if it is a mark on the character before, else one. Only
 * the large blocks are known here.
 */
size_t utf8_columns(uint32_t code);

/*
 * How a form writes characters that may not stand in it. All zero: control characters
 * and stray bytes as \xNN, byte by byte.
 */
struct escape {
	const char *from;	/* ASCII characters, … */
	const char *const *to;	/* … and what stands for each; of up to 7 bytes, as below */
	const char *control;	/* stands for a control character; NULL: \xNN */
	bool number;		/* … with the two digits of its number behind it */
	const char *stray;	/* stands for a byte that is not UTF-8; NULL: \xNN */
	bool xml;		/* U+FFFE and U+FFFF count as control characters */
};

/* Writes the character that s, which is not empty, begins with. Returns its length. */
int escape_put(FILE *out, const char *s, const struct escape *how);

/* Writes all of s. */
void escape_print(FILE *out, const char *s, const struct escape *how);

/*
 * Prints s to out with control characters and stray bytes as \xNN. Returns
 * the columns it takes; out NULL: only counts them.
 */
size_t utf8_print(FILE *out, const char *s);

/* Writes a line: "before" as it is, s as utf8_print() does; none when s is NULL. */
void utf8_line(FILE *out, const char *before, const char *s);

/*
 * The same, but of a text that takes more than width columns, 1 at least, it prints as
 * much as fits, and "…".
 */
size_t utf8_cut(FILE *out, const char *s, size_t width);

/*
 * Writes s into shown for a message: escaped as utf8_print() does, and with
 * "..." for the rest when it is long. Returns shown.
 */
const char *utf8_shorten(char shown[UTF8_SHOWN], const char *s);

#endif /* UTF8_H */
