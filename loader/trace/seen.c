// SPDX-License-Identifier: GPL-2.0-only
#include "seen.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "../kernel/map.h"
#include "../kernel/per_cpu.h"
#include "../kernel/sys.h"

int seen_open(struct seen *seen, const char *dir)
{
	seen->cpus = per_cpu_count();
	seen->values = calloc(seen->cpus, sizeof(*seen->values));
	seen->fd = seen->values ? map_open(dir, "seen") : -ENOMEM;
	return seen->fd < 0 ? seen->fd : 0;
}

uint64_t seen_count(const struct seen *seen)
{
	const uint32_t key = 0;
	uint64_t sum = 0;

	if (sys_map_lookup(seen->fd, &key, seen->values))
		return 0;
	for (int i = 0; i < seen->cpus; i++)
		sum += seen->values[i];
	return sum;
}

void seen_close(struct seen *seen)
{
	free(seen->values);
	if (seen->fd >= 0)
		close(seen->fd);
}
