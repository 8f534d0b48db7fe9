/* SPDX-License-Identifier: GPL-2.0-only */
/* The BTF of modules as the kernel has it: what fentry programs refer to. */
#ifndef MODULE_BTF_H
#define MODULE_BTF_H

#include <pthread.h>

#include "../plan/plan.h"

struct module_btf {
	char name[MODULE_LEN];
	int fd;
};

struct module_btfs {
	struct module_btf *list;
	int count;
	pthread_mutex_t lock;	/* the caller's to set up */
};

/*
 * The descriptor of the module's BTF, which stays open until module_btfs_close();
 * 0 for "", vmlinux; or -errno. The first call for a module opens the BTF of all.
 * Several threads may call it. @btfs is all zero at first, but for its lock.
 */
int module_btf_fd(struct module_btfs *btfs, const char *module);
void module_btfs_close(struct module_btfs *btfs);

#endif /* MODULE_BTF_H */
