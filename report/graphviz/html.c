// SPDX-License-Identifier: GPL-2.0-only
/*
 * Graphviz reads such a label as XML 1.0: five characters have to be written as
 * entities, and some may not be there at all, not even so.
 */
#include "html.h"
#include "../input/utf8.h"

#include <string.h>

static const char *const entities[] = {
	"&#38;", "&#60;", "&#62;", "&#34;", "&#39;",
};
static const struct escape html_escape = {
	.from = "&<>\"'", .to = entities, .xml = true,
};

void html_print(FILE *out, const char *s)
{
	escape_print(out, s, &html_escape);
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
		s += escape_put(out, s, &html_escape);
	}
}
