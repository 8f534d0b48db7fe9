// SPDX-License-Identifier: GPL-2.0-only
#include "per_cpu.h"

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

/* "ADDRESS TYPE NAME". */
static bool is_wanted(const char *line)
{
	static const char wanted[] = " __per_cpu_offset\n";
	const char *type = strchr(line, ' ');

	return type && type[1] &&
	       !strncmp(type + 2, wanted, sizeof(wanted) - 1);
}

static int keep_wanted(char **text, size_t *size)
{
	return snapshot_keep_lines(is_wanted, *text, size);
}

uint64_t per_cpu_offsets(void)
{
	char *line;
	size_t size;
	uint64_t address;

	if (per_cpu_count() == 1 ||
	    snapshot_read(KSYMS_FILE, SNAPSHOT_DIR "/per_cpu_offset", keep_wanted,
			  &line, &size))
		return 0;
	address = strtoull(line, NULL, 16);
	free(line);
	return address;
}
