// SPDX-License-Identifier: GPL-2.0-only
#include "pad.h"
#include "../input/utf8.h"

void pad_spaces(FILE *out, size_t count)
{
	while (count--)
		putc(' ', out);
}

void pad_left(FILE *out, const char *text, size_t width)
{
	size_t used = utf8_print(NULL, text);

	pad_spaces(out, used < width ? width - used : 0);
	utf8_print(out, text);
}

void pad_right(FILE *out, const char *text, size_t width)
{
	size_t used = utf8_print(out, text);

	pad_spaces(out, used < width ? width - used : 0);
}

void pad_cut(FILE *out, const char *text, size_t width)
{
	size_t used = utf8_cut(out, text, width);

	pad_spaces(out, used < width ? width - used : 0);
}
