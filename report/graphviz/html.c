// SPDX-License-Identifier: GPL-2.0-only
/*
 * Graphviz reads such a label as XML 1.0: five characters have to be written as
 * entities, and some may not be there at all, not even so.
 */
#include "html.h"
#include "../input/utf8.h"

#include <inttypes.h>
#include <string.h>

static int is_forbidden(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) ||
	       code == 0xfffe || code == 0xffff;
}

/* Writes one character; returns its length in bytes. */
static int put_character(FILE *out, const char *s)
{
	uint32_t code;
	int len = utf8_decode(s, &code);

	if (!len || is_forbidden(code)) {
		fprintf(out, "\\x%02x", (unsigned char)*s);
		return 1;
	}
	if (strchr("&<>\"'", *s))
		fprintf(out, "&#%" PRIu32 ";", code);
	else
		fwrite(s, 1, len, out);
	return len;
}

void html_print(FILE *out, const char *s)
{
	while (*s)
		s += put_character(out, s);
}

void html_wrap(FILE *out, const char *s, size_t columns)
{
	size_t used = 0;

	while (*s) {
		if (*s == ' ' && used + strcspn(s + 1, " ") >= columns) {
			fputs("<BR/>", out);
			used = 0;
			s++;
			continue;
		}
		used++;
		s += put_character(out, s);
	}
}
