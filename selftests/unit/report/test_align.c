// SPDX-License-Identifier: GPL-2.0-only
/* Two sequences aligned: letters belong together, upper case like upper case. */
#include "../tap.h"
#include "../../../report/diff/align.h"

#include <ctype.h>
#include <stdlib.h>

struct both {
	const char *a, *b;
};

/* The same letter belongs together, most when its case is the same. */
static unsigned int alike(const void *both, size_t i, size_t j)
{
	const struct both *s = both;

	if (tolower(s->a[i]) != tolower(s->b[j]))
		return 0;
	return s->a[i] == s->b[j] ? ALIGN_MOST : 1;
}

/* Partners of the letters of a as digits, "-" for none. */
static void aligns(const char *a, const char *b, const char *want)
{
	struct both both = { a, b };
	size_t partner[64], i;
	char got[64] = "";

	if (align(strlen(a), strlen(b), alike, &both, partner)) {
		ok(0, "memory");
		return;
	}
	for (i = 0; a[i]; i++)
		got[i] = partner[i] == ALIGN_NONE ? '-' : '0' + (int)partner[i];
	printf("# '%s' and '%s'\n", a, b);
	is_str(got, want, "partners");
}

static unsigned int never(const void *both, size_t i, size_t j)
{
	(void)both;
	return i == j && i < 2 ? ALIGN_MOST : 0;
}

/* More than can be looked at: the common beginning is found all the same. */
static void test_long(void)
{
	size_t length = 5000, *partner = calloc(length, sizeof(*partner));

	is_int(align(length, length, never, NULL, partner), 0, "long ones");
	is_int(partner[1], 1, "their common beginning");
	is_int(partner[2] == ALIGN_NONE, 1, "and nothing behind it");
	free(partner);
}

int main(void)
{
	tap_plan(15);
	aligns("", "", "");
	aligns("abc", "", "---");
	aligns("", "abc", "");
	aligns("abc", "abc", "012");
	aligns("abcdef", "abx", "01----");
	aligns("abc", "xabc", "123");
	aligns("axc", "ac", "0-1");
	aligns("abcab", "ab", "01---");
	aligns("xab", "aby", "-01");
	/* of several, the most alike ones */
	aligns("abAB", "AB", "--01");
	aligns("abAB", "ab", "01--");
	/* but more pairs count more than likeness */
	aligns("abcA", "Abc", "012-");
	test_long();
	return tap_done();
}
