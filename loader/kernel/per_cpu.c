// SPDX-License-Identifier: GPL-2.0-only
#include "per_cpu.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../syms/variables.h"

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

static const char *const variables[] = { "__per_cpu_offset", "bpf_redirect_info" };

uint64_t per_cpu_offsets(void)
{
	uint64_t offsets = 0;

	if (per_cpu_count() != 1)
		variables_find(variables, 1, &offsets);
	return offsets;
}

int per_cpu_redirect(uint64_t *info, uint64_t *offsets)
{
	uint64_t addresses[2];

	variables_find(variables, 2, addresses);
	*offsets = addresses[0];
	*info = addresses[1];
	return *info && *offsets ? 0 : -ENOENT;
}
