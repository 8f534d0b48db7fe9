/* SPDX-License-Identifier: GPL-2.0-only */
/* How the running kernel was configured. */
#ifndef KCONFIG_H
#define KCONFIG_H

#include <stddef.h>

/*
 * The value of an option ("CONFIG_KPROBES") from /proc/config.gz or
 * /boot/config-RELEASE: "y", "m", a number or string as it stands there, "n"
 * for "is not set" or an option that the file does not have. Returns 0, or
 * -ENOENT when neither file can be read: then nothing is known.
 */
int kconfig_get(const char *option, char *value, size_t size);

/* The same from a given file, gzipped or plain. 0 or -errno. */
int kconfig_get_from(const char *path, const char *option, char *value,
		     size_t size);

#endif /* KCONFIG_H */
