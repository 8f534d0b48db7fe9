// SPDX-License-Identifier: GPL-2.0-only
#include "page_memory.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../syms/ksyms.h"
#include "../syms/snapshot.h"

static const char *const names[] = { "vmemmap_base", "page_offset_base" };

#define NAMES	(sizeof(names) / sizeof(*names))

/* Of a line "ADDRESS TYPE NAME": is it that name? */
static bool is_name(const char *line, const char *name)
{
	const char *type = strchr(line, ' ');
	size_t len = strlen(name);

	return type && type[1] && type[2] == ' ' &&
	       !strncmp(type + 3, name, len) && type[3 + len] == '\n';
}

static bool is_wanted(const char *line)
{
	for (size_t i = 0; i < NAMES; i++)
		if (is_name(line, names[i]))
			return true;
	return false;
}

static int keep_wanted(char **text, size_t *size)
{
	return snapshot_keep_lines(is_wanted, *text, size);
}

static uint64_t address_in(const char *text, const char *name)
{
	const char *line = text, *eol;

	for (; (eol = strchr(line, '\n')); line = eol + 1)
		if (is_name(line, name))
			return strtoull(line, NULL, 16);
	return 0;
}

int page_memory_set(struct consts *consts)
{
	char *text = NULL;
	size_t size;
	int err = 0;

	if (snapshot_read(KSYMS_FILE, SNAPSHOT_DIR "/page_memory", keep_wanted,
			  &text, &size))
		text = NULL;
	for (size_t i = 0; !err && i < NAMES; i++)
		err = consts_set(consts, names[i],
				 text ? address_in(text, names[i]) : 0);
	free(text);
	return err;
}
