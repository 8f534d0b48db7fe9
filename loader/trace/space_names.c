// SPDX-License-Identifier: GPL-2.0-only
#include <dirent.h>
#include <err.h>
#include <limits.h>
#include <stdlib.h>

#include "../lib/grow.h"
#include "../kernel/netns.h"
#include "records.h"
#include "space_names.h"

#define NAMED	"/run/netns"

/* Those that have been looked for, with a name or without. */
static ino_t *known;
static size_t count;

static int is_known(ino_t inode)
{
	for (size_t i = count; i-- > 0;)
		if (known[i] == inode)
			return 1;
	return 0;
}

static void add(ino_t inode)
{
	void *grown = grow(known, count, sizeof(*known));

	if (!grown)
		err(1, "namespaces");
	known = grown;
	known[count++] = inode;
}

static void note(FILE *out, ino_t inode, const char *name)
{
	char text[NAME_MAX + 32];

	if (!inode || is_known(inode))
		return;
	add(inode);
	snprintf(text, sizeof(text), "%llu %s", (unsigned long long)inode,
		 name);
	records_note(out, "netns", text);
}

void space_names_look(FILE *out)
{
	DIR *dir = opendir(NAMED);
	char path[PATH_MAX];
	struct dirent *entry;

	note(out, netns_inode("/proc/1/ns/net"), "init");
	while (dir && (entry = readdir(dir))) {
		snprintf(path, sizeof(path), NAMED "/%s", entry->d_name);
		note(out, netns_inode(path), entry->d_name);
	}
	if (dir)
		closedir(dir);
}

void space_names_meet(ino_t inode, FILE *out)
{
	static ino_t last;	/* packets stay where they are, as a rule */

	if (inode == last || inode < NETNS_FIRST)
		return;
	last = inode;
	if (is_known(inode))
		return;
	space_names_look(out);
	if (!is_known(inode))
		add(inode);
}

void space_names_free(void)
{
	free(known);
	known = NULL;
	count = 0;
}
