// SPDX-License-Identifier: GPL-2.0-only
#include "variables.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "ksyms.h"
#include "snapshot.h"

/* All that anybody here asks for: one copy has them, made by one look at all symbols. */
static const char *const names[] = {
	"vmemmap_base",
	"page_offset_base",
	"__per_cpu_offset",
	"bpf_redirect_info",
};

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

void variables_find(const char *const wanted[], size_t count, uint64_t *addresses)
{
	char *text;
	size_t size;

	if (snapshot_read(KSYMS_FILE, SNAPSHOT_DIR "/variables", keep_wanted, &text,
			  &size))
		text = NULL;
	for (size_t i = 0; i < count; i++)
		addresses[i] = text ? address_in(text, wanted[i]) : 0;
	free(text);
}
