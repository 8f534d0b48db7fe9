// SPDX-License-Identifier: GPL-2.0-only
#include "traceable.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/file.h"
#include "snapshot.h"
#include "../lib/tracefs.h"

#define ADDRS		"available_filter_functions_addrs"

/* How far behind its start a function may call ftrace: endbr64, bti, padding. */
#define ENTRY_BYTES	16

struct traceable {
	uint64_t *addrs;		/* sorted */
	size_t count;
};

static int compare(const void *a, const void *b)
{
	const uint64_t *left = a, *right = b;

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

/* Lines that begin with an address become the addresses, sorted. */
static int make(char **bytes, size_t *size)
{
	uint64_t *addrs = malloc((count_lines(*bytes) + 1) * sizeof(*addrs));
	const char *text = *bytes;
	size_t count = 0;

	if (!addrs)
		return -ENOMEM;
	while (text && *text) {
		addrs[count++] = strtoull(text, NULL, 16);
		text = strchr(text, '\n');
		if (text)
			text++;
	}
	qsort(addrs, count, sizeof(*addrs), compare);
	free(*bytes);
	*bytes = (char *)addrs;
	*size = count * sizeof(*addrs);
	return count && !addrs[count - 1];
}

/* The addresses of the list @path, to be freed. */
static int read_addrs(const char *path, int kept, char **bytes, size_t *size)
{
	int err;

	if (kept)
		return snapshot_read(path, SNAPSHOT_DIR "/traceable", make,
				     bytes, size);
	err = file_read(path, bytes, size);
	if (!err)
		err = make(bytes, size);
	return err < 0 ? err : 0;
}

int traceable_open(const char *dir, struct traceable **traceable)
{
	struct traceable *it = calloc(1, sizeof(*it));
	char path[PATH_MAX], *bytes = NULL;
	size_t size;
	int err = -ENOMEM;

	*traceable = NULL;
	if (!it)
		return err;
	snprintf(path, sizeof(path), "%s/" ADDRS, dir);
	err = read_addrs(path, !strcmp(dir, TRACEFS), &bytes, &size);
	if (err) {
		free(bytes);
		free(it);
		return err;
	}
	it->addrs = (uint64_t *)bytes;
	it->count = size / sizeof(*it->addrs);
	*traceable = it;
	return 0;
}

void traceable_free(struct traceable *traceable)
{
	if (!traceable)
		return;
	free(traceable->addrs);
	free(traceable);
}

int traceable_has(const struct traceable *traceable, uint64_t addr)
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
