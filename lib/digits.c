// SPDX-License-Identifier: GPL-2.0-only
#include "digits.h"

#include <errno.h>
#include <stdbool.h>

/* Returns where the digits end; *fits: the number is not greater than max. */
static const char *take(const char *text, unsigned int base, uint64_t max,
			uint64_t *value, bool *fits)
{
	unsigned int digit;

	*fits = true;
	for (*value = 0; (digit = digit_value(*text)) < base; text++)
		if (__builtin_mul_overflow(*value, base, value) ||
		    __builtin_add_overflow(*value, digit, value))
			*fits = false;
	*fits &= *value <= max;
	return text;
}

const char *digits_take(const char *text, unsigned int base, uint64_t max,
			uint64_t *value)
{
	bool fits;
	const char *end = take(text, base, max, value, &fits);

	return end > text && fits ? end : NULL;
}

int digits_read(const char *text, unsigned int base, uint64_t max,
		uint64_t *value)
{
	bool fits;
	const char *end = take(text, base, max, value, &fits);

	if (end == text || *end)
		return -EINVAL;
	return fits ? 0 : -ERANGE;
}

const char *digits_text(char text[DIGITS_ROOM], uint64_t value,
			unsigned int base)
{
	char *at = text + DIGITS_ROOM - 1;

	*at = '\0';
	do {
		*--at = "0123456789abcdef"[value % base];
		value /= base;
	} while (value);
	return at;
}

void digits_print(FILE *out, uint64_t value, unsigned int base)
{
	char text[DIGITS_ROOM];
	const char *at = digits_text(text, value, base);

	fwrite(at, 1, text + DIGITS_ROOM - 1 - at, out);
}
