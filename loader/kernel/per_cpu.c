// SPDX-License-Identifier: GPL-2.0-only
#include "per_cpu.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../syms/ksyms.h"
#include "../syms/snapshot.h"

#define POSSIBLE	"/sys/devices/system/cpu/possible"

int per_cpu_last(const char *list)
{
	const char *last = strpbrk(list, "0123456789");

	while (last && strpbrk(last, "-,"))
		last = strpbrk(last, "-,") + 1;
	return last ? atoi(last) : -1;
}

static int last_possible(void)
{
	FILE *file = fopen(POSSIBLE, "re");
	char text[256] = "";

	if (!file)
		return -1;
	if (!fgets(text, sizeof(text), file))
		*text = '\0';
	fclose(file);
	return per_cpu_last(text);
}

int per_cpu_count(void)
{
	int last = last_possible();

	return last < 0 ? 4096 : last + 1;
}

static const char offsets_name[] = "__per_cpu_offset", info_name[] = "bpf_redirect_info";

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
	return is_name(line, offsets_name) || is_name(line, info_name);
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

/* Both lines, to be freed; NULL: the kernel hides them. */
static char *read_lines(void)
{
	char *lines;
	size_t size;

	if (snapshot_read(KSYMS_FILE, SNAPSHOT_DIR "/per_cpu", keep_wanted, &lines, &size))
		return NULL;
	return lines;
}

uint64_t per_cpu_offsets(void)
{
	char *lines = per_cpu_count() == 1 ? NULL : read_lines();
	uint64_t address = lines ? address_in(lines, offsets_name) : 0;

	free(lines);
	return address;
}

int per_cpu_redirect(uint64_t *info, uint64_t *offsets)
{
	char *lines = read_lines();

	*info = lines ? address_in(lines, info_name) : 0;
	*offsets = *info ? address_in(lines, offsets_name) : 0;
	free(lines);
	return *offsets ? 0 : -ENOENT;
}
