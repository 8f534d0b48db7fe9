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
 * Reads @path as file_read() does, and has @make put what is needed of it into *bytes
 * (@make NULL: all of it). @make returns 0; 1: the kernel does not show the addresses; or
 * -errno, and then frees nothing. Where the file @copy is still good, its content is
 * taken instead; else it is made if it can be, unless addresses are hidden. The form of
 * a copy never changes: another form gets another name.
 */
int snapshot_read(const char *path, const char *copy,
		  int (*make)(char **bytes, size_t *size), char **bytes,
		  size_t *size);

/* For @make: keeps the lines that @keep tells. 0; 1: the addresses are hidden. */
int snapshot_keep_lines(bool (*keep)(const char *line), char *bytes,
			size_t *size);

#endif /* SNAPSHOT_H */
