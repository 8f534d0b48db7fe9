// SPDX-License-Identifier: GPL-2.0-only
#include "probeable.h"

#include <stdlib.h>
#include <string.h>
#include "../lib/file.h"
#include "funcs.h"
#include "../lib/tracefs.h"

#define TRACEABLE_FILE	"/available_filter_functions"
#define BLACKLIST_FILE	"/sys/kernel/debug/kprobes/blacklist"

/* Cuts a line up in place. */
static char *parse_line(char *line, const char **module)
{
	char *name = strchr(line, '\t'), *end;

	name = name && !strncmp(line, "0x", 2) ? name + 1 : line;
	*module = "";
	end = strpbrk(name, " \t");
	if (!end)
		return name;
	*end++ = '\0';
	end += strspn(end, " \t");
	if (*end == '[') {
		*module = end + 1;
		end[strcspn(end, "]")] = '\0';
	}
	return name;
}

/* The file has the names of symbols, also those with a compiler's suffix. */
static void mark_symbol(struct discovery *discovery, const char *symbol,
			const char *module, enum mark mark)
{
	size_t len = strcspn(symbol, ".");
	char name[FUNC_NAME_LEN];
	struct found *found;

	if (len >= sizeof(name))
		return;
	memcpy(name, symbol, len);
	name[len] = '\0';
	found = discovery_find(discovery, name, module);
	if (found && found->sym && !strcmp(found->sym->name, symbol))
		found->marks |= mark;
}

int probeable_mark(struct discovery *discovery, const char *path,
		   enum mark mark)
{
	char *bytes, *rest, *line;
	const char *module, *name;
	size_t size;
	int err = file_read(path, &bytes, &size);

	if (err)
		return err;
	rest = bytes;
	while ((line = strsep(&rest, "\n"))) {
		name = parse_line(line, &module);
		mark_symbol(discovery, name, module, mark);
	}
	free(bytes);
	if (mark == MARK_TRACEABLE)
		discovery->marked = 1;
	return 0;
}

int probeable_mark_here(struct discovery *discovery, enum mark mark)
{
	int err;

	if (mark == MARK_BLACKLISTED)
		return probeable_mark(discovery, BLACKLIST_FILE, mark);
	err = probeable_mark(discovery, TRACEFS TRACEABLE_FILE, mark);
	if (err)
		err = probeable_mark(discovery, TRACEFS_OLD TRACEABLE_FILE,
				     mark);
	return err;
}

int probeable_is(const struct discovery *discovery, const struct found *found)
{
	return !discovery->marked || (found->marks & MARK_TRACEABLE);
}
