// SPDX-License-Identifier: GPL-2.0-only
#include "kconfig.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <zlib.h>

/* Lines read "CONFIG_X=value" or "# CONFIG_X is not set". */
int kconfig_get_from(const char *path, const char *option, char *value,
		     size_t size)
{
	gzFile file = gzopen(path, "re");
	size_t len = strlen(option);
	char line[1024];

	if (!file)
		return errno ? -errno : -ENOMEM;
	snprintf(value, size, "n");
	while (gzgets(file, line, sizeof(line))) {
		if (strncmp(line, option, len) || line[len] != '=')
			continue;
		line[strcspn(line, "\n")] = '\0';
		snprintf(value, size, "%s", line + len + 1);
		break;
	}
	gzclose(file);
	return 0;
}

int kconfig_get(const char *option, char *value, size_t size)
{
	struct utsname host;
	char path[128];

	if (!kconfig_get_from("/proc/config.gz", option, value, size))
		return 0;
	if (uname(&host))
		return -errno;
	snprintf(path, sizeof(path), "/boot/config-%s", host.release);
	return kconfig_get_from(path, option, value, size) ? -ENOENT : 0;
}
