// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "per_cpu.h"

#define POSSIBLE	"/sys/devices/system/cpu/possible"

static int is_alone(void)
{
	FILE *file = fopen(POSSIBLE, "re");
	char text[16] = "";

	if (!file)
		return 0;
	if (!fgets(text, sizeof(text), file))
		*text = '\0';
	fclose(file);
	return !strcmp(text, "0\n");
}

__u64 per_cpu_offsets(void)
{
	static const char wanted[] = " __per_cpu_offset\n";
	FILE *file = is_alone() ? NULL : fopen("/proc/kallsyms", "re");
	__u64 address = 0;
	char *line = NULL;
	size_t room = 0;
	ssize_t len;

	while (file && !address && (len = getline(&line, &room, file)) > 0)
		if ((size_t)len > sizeof(wanted) &&
		    !strcmp(line + len - strlen(wanted), wanted))
			address = strtoull(line, NULL, 16);
	free(line);
	if (file)
		fclose(file);
	return address;
}
