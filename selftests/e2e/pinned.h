/* SPDX-License-Identifier: GPL-2.0-only */
/* What tools of tests do with the maps and programs that a run has pinned: bpf(2). */
#ifndef PINNED_H
#define PINNED_H

#include <err.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static inline int bpf(enum bpf_cmd cmd, union bpf_attr *attr)
{
	return syscall(SYS_bpf, cmd, attr, sizeof(*attr));
}

/* A descriptor of the pin @name in @dir. Ends the program when there is none. */
static inline int pinned_open(const char *dir, const char *name)
{
	union bpf_attr attr;
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	memset(&attr, 0, sizeof(attr));
	attr.pathname = (unsigned long)path;
	fd = bpf(BPF_OBJ_GET, &attr);
	if (fd < 0)
		err(1, "%s", path);
	return fd;
}

#endif /* PINNED_H */
