/* SPDX-License-Identifier: GPL-2.0-only */
/* An input as a file in memory. */
#ifndef MEMFD_H
#define MEMFD_H

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../fuzz.h"

/* The path of a file that has these bytes, until the next call. */
static inline const char *memfd_file(const void *bytes, size_t size)
{
	static char path[64];
	static int fd;

	if (!fd) {
		fd = memfd_create("fuzz", 0);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	}
	fuzz_check(fd >= 0 && !ftruncate(fd, 0));
	fuzz_check(pwrite(fd, bytes, size, 0) == (ssize_t)size);
	return path;
}

#endif /* MEMFD_H */
