// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "per_cpu.h"

#define POSSIBLE	"/sys/devices/system/cpu/possible"

/* The last one of a list like "0-3,8-11" (cpu(5) of the kernel: admin-guide/cputopology). */
static int last_possible(void)
{
	FILE *file = fopen(POSSIBLE, "re");
	char text[256] = "", *last;

	if (!file)
		return -1;
	if (!fgets(text, sizeof(text), file))
		*text = '\0';
	fclose(file);
	last = strpbrk(text, "0123456789");
	while (last && strpbrk(last, "-,"))
		last = strpbrk(last, "-,") + 1;
	return last ? atoi(last) : -1;
}

int per_cpu_count(void)
{
	static int count;

	if (!count)
		count = last_possible() < 0 ? 4096 : last_possible() + 1;
	return count;
}

__u64 per_cpu_offsets(void)
{
	static const char wanted[] = " __per_cpu_offset\n";
	FILE *file = per_cpu_count() == 1 ? NULL : fopen("/proc/kallsyms", "re");
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
