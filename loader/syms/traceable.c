// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/file.h"
#include "snapshot.h"
#include "traceable.h"
#include "../lib/tracefs.h"

#define ADDRS		"available_filter_functions_addrs"

/* How far behind its start a function may call ftrace: endbr64, bti, padding. */
#define ENTRY_BYTES	16

struct traceable {
	__u64 *addrs;		/* sorted */
	size_t count;
};

static int compare(const void *a, const void *b)
{
	const __u64 *left = a, *right = b;

	return *left < *right ? -1 : *left > *right;
}

static size_t count_lines(const char *text)
{
	size_t count = 0;

	while ((text = strchr(text, '\n'))) {
		text++;
		count++;
	}
	return count;
}

/* Each line begins with an address. */
static int parse(const char *text, struct traceable *it)
{
	it->addrs = malloc((count_lines(text) + 1) * sizeof(*it->addrs));
	if (!it->addrs)
		return -ENOMEM;
	while (text && *text) {
		it->addrs[it->count++] = strtoull(text, NULL, 16);
		text = strchr(text, '\n');
		if (text)
			text++;
	}
	qsort(it->addrs, it->count, sizeof(*it->addrs), compare);
	return 0;
}

int traceable_open(const char *dir, struct traceable **traceable)
{
	struct traceable *it = calloc(1, sizeof(*it));
	char path[PATH_MAX], *text = NULL;
	size_t size;
	int error = -ENOMEM;

	*traceable = NULL;
	if (!it)
		return error;
	snprintf(path, sizeof(path), "%s/" ADDRS, dir);
	error = strcmp(dir, TRACEFS) ?
			file_read(path, &text, &size) :
			snapshot_read(path, SNAPSHOT_DIR "/" ADDRS, NULL, &text,
				      &size);
	if (!error)
		error = parse(text, it);
	free(text);
	if (error)
		traceable_free(it);
	else
		*traceable = it;
	return error;
}

void traceable_free(struct traceable *traceable)
{
	if (!traceable)
		return;
	free(traceable->addrs);
	free(traceable);
}

int traceable_has(const struct traceable *traceable, __u64 addr)
{
	size_t low = 0, high = traceable->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (traceable->addrs[middle] < addr)
			low = middle + 1;
		else
			high = middle;
	}
	return low < traceable->count &&
	       traceable->addrs[low] - addr < ENTRY_BYTES;
}
