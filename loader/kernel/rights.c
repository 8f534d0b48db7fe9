// SPDX-License-Identifier: GPL-2.0-only
#include "rights.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/file.h"

/* Bits of CapEff, see linux/capability.h; CAP_SYS_ADMIN has them all in it. */
#define SYS_ADMIN	(1ULL << 21)

static const struct {
	const char *name;
	int bit;
} wanted[] = {
	{ "CAP_BPF", 39 },
	{ "CAP_PERFMON", 38 },
	{ "CAP_NET_ADMIN", 12 },
};

/* The file's text, to be freed; NULL when it cannot be read. */
static char *read_text(const char *dir, const char *name)
{
	char path[256], *text;
	size_t size;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return file_read(path, &text, &size) ? NULL : text;
}

/* A line of /proc/self/status; 0 when there is none. */
static unsigned long long status_field(const char *status, const char *name,
				       int base)
{
	const char *at = status ? strstr(status, name) : NULL;

	return at ? strtoull(at + strlen(name), NULL, base) : 0;
}

/* The capabilities that are missing; 0: none is. */
static size_t missing_caps(unsigned long long caps, char *why, size_t size)
{
	size_t used = 0;

	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		if (caps >> wanted[i].bit & 1 ||
		    (caps & SYS_ADMIN && wanted[i].bit != 12))
			continue;
		used += snprintf(why + used, size - used, "%s%s",
				 used ? ", " : "not permitted: lacks ",
				 wanted[i].name);
	}
	return used;
}

/* Does this user namespace have all users? */
static bool is_initial(const char *map)
{
	unsigned long first, outside, count;

	return !map || (sscanf(map, "%lu %lu %lu", &first, &outside,
			       &count) == 3 && count == 4294967295UL);
}

static int known_cause(const char *status, const char *map,
		       const char *lockdown, char *why, size_t size)
{
	if (!is_initial(map))
		snprintf(why, size, "not permitted: this is a user namespace, whose root is not the machine's");
	else if (lockdown && strstr(lockdown, "[confidentiality]"))
		snprintf(why, size, "not permitted: the kernel is locked down (confidentiality)");
	else
		return status && missing_caps(status_field(status, "\nCapEff:\t",
							   16), why, size);
	return 1;
}

int rights_explain(const char *proc, const char *security, char *why,
		   size_t size)
{
	char *status = read_text(proc, "status");
	char *map = read_text(proc, "uid_map");
	char *lockdown = read_text(security, "lockdown");
	int known = known_cause(status, map, lockdown, why, size);

	if (!known && status_field(status, "\nSeccomp:\t", 10) == 2)
		snprintf(why, size, "not permitted; perhaps by a seccomp filter, as containers have one");
	else if (!known)
		snprintf(why, size, "not permitted, and the kernel does not say why; perhaps by a security module");
	free(status);
	free(map);
	free(lockdown);
	return known;
}
