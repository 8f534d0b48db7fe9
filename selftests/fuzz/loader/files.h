/* SPDX-License-Identifier: GPL-2.0-only */
/* Inputs as files, for what takes a path. */
#ifndef FILES_H
#define FILES_H

#include "../../unit/loader/kernel_dir.h"
#include "../fuzz.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>

/* A directory for kernel_file() that kernel_dir_remove() removes. */
static inline void files_make(void)
{
	snprintf(kernel_dir, sizeof(kernel_dir), "build/fuzz/files.%d",
		 getpid());
	fuzz_check(!mkdir(kernel_dir, 0700) || errno == EEXIST);
}

/*
 * kernel_file(), but what lies in the directory is a link to memory: a disk would
 * be slower.
 */
static inline int files_link(const char *name)
{
	int fd = memfd_create(name, 0);
	char memory[64], path[96];

	snprintf(memory, sizeof(memory), "/proc/self/fd/%d", fd);
	snprintf(path, sizeof(path), "%s/%s", kernel_dir, name);
	fuzz_check(fd >= 0 && !symlink(memory, path));
	return fd;
}

/* Other bytes for what files_link() has given. */
static inline void files_put(int fd, const void *bytes, size_t size)
{
	fuzz_check(!ftruncate(fd, 0));
	fuzz_check(pwrite(fd, bytes, size, 0) == (ssize_t)size);
}

#endif /* FILES_H */
