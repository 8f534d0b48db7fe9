/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers as digits: most of what is read and printed, so without stdio. */
#ifndef DIGITS_H
#define DIGITS_H

#include <stdint.h>
#include <stdio.h>

#define DIGITS_ROOM	21	/* bytes: 2^64 - 1 to the base 10, and a NUL */

/* The value of a digit to the base 16, of either case; 16: c is none. */
static inline unsigned int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

/*
 * Reads the number that text begins with, to the base 10 or 16: digits, without sign
 * and white space. Returns what follows it and sets *value; or NULL when text begins
 * with no digit or the number is greater than max.
 */
const char *digits_take(const char *text, unsigned int base, uint64_t max,
			uint64_t *value);

/*
 * Reads the same where nothing else may stand. Returns 0 and sets *value; -EINVAL: it
 * is no number; or -ERANGE: it is greater than max.
 */
int digits_read(const char *text, unsigned int base, uint64_t max,
		uint64_t *value);

/*
 * Writes the number to the base 10 or 16, with a NUL, to the end of text. Returns where
 * in text it begins.
 */
const char *digits_text(char text[DIGITS_ROOM], uint64_t value,
			unsigned int base);

/* Prints the number to the base 10 or 16. */
void digits_print(FILE *out, uint64_t value, unsigned int base);

#endif /* DIGITS_H */
