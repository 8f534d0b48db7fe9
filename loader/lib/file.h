/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FILE_H
#define FILE_H

#include <stddef.h>

#define FILE_MAX	(64 << 20)	/* bytes; no file of ours is near */

/*
 * Reads a whole file, also one of /proc or /sys whose size is not known
 * before. Gives 0, *bytes (to be freed; a NUL follows the last byte) and
 * *size, or -errno: -EFBIG beyond FILE_MAX. Says nothing.
 */
int file_read(const char *path, char **bytes, size_t *size);

/* The same, and says why the file cannot be read. */
int file_load(const char *path, char **bytes, size_t *size);

/* file_read() of what can still be read from a descriptor, which stays open. */
int file_read_fd(int fd, char **bytes, size_t *size);

#endif /* FILE_H */
