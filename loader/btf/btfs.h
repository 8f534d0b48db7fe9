/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The BTF of a running kernel: vmlinux and, from 5.11 on, each module, files
 * of /sys/kernel/btf. A module's file is read when it is first asked for. The same
 * from another directory with such files, or a file that is vmlinux's alone.
 */
#ifndef BTFS_H
#define BTFS_H

#include <stdint.h>

#include "btf.h"

#define BTFS_DIR	"/sys/kernel/btf"

struct btf_set;

/*
 * Gives 0 and *set, to be freed by btfs_free(). @path: a directory; or a file, that of
 * vmlinux, and modules have none. A directory without vmlinux
 * gives an empty set: the kernel has no BTF. So does a vmlinux that cannot be
 * understood, and that has been said. Else -errno, and has said why.
 */
int btfs_open(const char *path, struct btf_set **set);
void btfs_free(struct btf_set *set);

/* NULL when the kernel has no BTF. */
const struct btf *btfs_vmlinux(const struct btf_set *set);

/* Number of modules, and name of the n-th, from 0, in alphabetical order. */
int btfs_module_count(const struct btf_set *set);
const char *btfs_module_name(const struct btf_set *set, int n);

/* The BTF of a module ("": vmlinux); NULL when it has none. */
const struct btf *btfs_module(struct btf_set *set, const char *module);

/*
 * Finds the function @name of @module ("": vmlinux) itself. Gives its id and
 * the *btf that the id belongs to, or 0.
 */
uint32_t btfs_func(struct btf_set *set, const char *name, const char *module,
		   const struct btf **btf);

#endif /* BTFS_H */
