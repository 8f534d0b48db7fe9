// SPDX-License-Identifier: GPL-2.0-only
#include "hex.h"
#include "digits.h"

size_t hex_read(uint8_t *bytes, size_t size, const char *text)
{
	unsigned int high, low;
	size_t i;

	for (i = 0; i < size; i++, text += 2) {
		high = digit_value(text[0]);
		low = high < 16 ? digit_value(text[1]) : 16;
		if (low > 15)
			break;
		bytes[i] = high << 4 | low;
	}
	return i;
}

void hex_write(char *text, const uint8_t *bytes, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < size; i++) {
		*text++ = digits[bytes[i] >> 4];
		*text++ = digits[bytes[i] & 15];
	}
	*text = '\0';
}
