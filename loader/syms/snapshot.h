/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Texts that the kernel makes anew for each reader, at a price: 2000 machine
 * instructions for each of the 200,000 lines of /proc/kallsyms. They stay the
 * same while the same modules are loaded, so a copy is kept until then.
 */
#ifndef SNAPSHOT_H
#define SNAPSHOT_H

#include <stddef.h>

#define SNAPSHOT_DIR	"/run/bpfpath"	/* root's; the driver makes it */

/*
 * Like file_read() of @path, from the file @copy where that is a good one, else
 * from the kernel, of whose lines those are kept that @keep says (NULL: all),
 * and the copy is made if it can be. What the kernel does not show (addresses
 * of 0) is not kept.
 */
int snapshot_read(const char *path, const char *copy,
		  int (*keep)(const char *line), char **bytes, size_t *size);

#endif /* SNAPSHOT_H */
