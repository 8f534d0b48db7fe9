// SPDX-License-Identifier: GPL-2.0-only
#include "variants.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* What may follow a name's end, and then digits. */
static const char *const variants[] = {
	".isra.",
	".constprop.",		/* these move arguments */
	".llvm.",
	".lto_priv.",
};

#define VARIANTS      4
#define VARIANTS_MOVE 2

/* ".isra.0", ".constprop.1.isra.0", …: a variant and digits, at least once. */
int variant_is(const char *suffix)
{
	size_t i, len = 0;

	if (!*suffix)
		return 0;
	while (*suffix) {
		for (i = 0; i < VARIANTS; i++) {
			len = strlen(variants[i]);
			if (!strncmp(suffix, variants[i], len))
				break;
		}
		if (i == VARIANTS || !isdigit((unsigned char)suffix[len]))
			return 0;
		suffix += len + strspn(suffix + len, "0123456789");
	}
	return 1;
}

bool variant_may_move(const char *name)
{
	size_t i;

	for (i = 0; i < VARIANTS_MOVE; i++)
		if (strstr(name, variants[i]))
			return true;
	return false;
}
