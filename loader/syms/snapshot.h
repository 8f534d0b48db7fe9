/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Texts that the kernel makes anew for each reader, at a price: 2000 machine
 * instructions for each of the 200,000 lines of /proc/kallsyms. They stay the
 * same while the same modules are loaded, so a copy is kept until then.
 */
#ifndef SNAPSHOT_H
#define SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>

#define SNAPSHOT_DIR	"/run/bpfpath"	/* root's; the driver makes it */

/*
 * Like file_read() of @path, and then @make, which puts into *bytes what is needed of
 * them (NULL: all): 0; 1, the kernel does not show the addresses; or -errno, and frees
 * nothing. From the file @copy where that is a good one; else the copy is made if it
 * can be, but for what is not shown. A copy is of one form for ever: another form has
 * another name.
 */
int snapshot_read(const char *path, const char *copy,
		  int (*make)(char **bytes, size_t *size), char **bytes,
		  size_t *size);

/* For @make: leaves those lines of the text that @keep says. 1: they hide addresses. */
int snapshot_keep_lines(bool (*keep)(const char *line), char *bytes,
			size_t *size);

#endif /* SNAPSHOT_H */
