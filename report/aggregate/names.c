// SPDX-License-Identifier: GPL-2.0-only
#include "names.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

const char *names_keep(struct names *names, const char *name)
{
	const char **found;
	char *copy;

	if (!name)
		return NULL;
	found = tfind(name, &names->root, by_text);
	if (found)
		return *found;
	copy = strdup(name);
	if (copy && tsearch(copy, &names->root, by_text))
		return copy;
	free(copy);
	names->failed = true;
	return NULL;
}

void names_free(struct names *names)
{
	tdestroy(names->root, free);
	names->root = NULL;
}
