// SPDX-License-Identifier: GPL-2.0-only
#include "digits.h"

#include <errno.h>
#include <stdbool.h>

#define ROOM	20	/* of 2^64 - 1 in decimal */

/* The value of a digit, 16 when c is none. */
static unsigned int value_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

int digits_parse(uint64_t *value, const char *digits, unsigned int base)
{
	bool overflow = false;
	unsigned int digit;

	if (!*digits)
		return -EINVAL;
	for (*value = 0; *digits; digits++) {
		digit = value_of(*digits);
		if (digit >= base)
			return -EINVAL;
		overflow |= __builtin_mul_overflow(*value, base, value);
		overflow |= __builtin_add_overflow(*value, digit, value);
	}
	return overflow ? -ERANGE : 0;
}

void digits_print(FILE *out, uint64_t value, unsigned int base)
{
	char buf[ROOM], *at = buf + ROOM;

	do {
		*--at = "0123456789abcdef"[value % base];
		value /= base;
	} while (value);
	fwrite(at, 1, buf + ROOM - at, out);
}
