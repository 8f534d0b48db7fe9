/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The BTF of a running kernel: the files of /sys/kernel/btf, vmlinux and, from 5.11 on,
 * each module; or those of another directory like it; or one file, for vmlinux alone.
 * A module's file is read when it is first asked for.
 */
#ifndef BTFS_H
#define BTFS_H

#include <stdint.h>

#include "btf.h"

#define BTFS_DIR	"/sys/kernel/btf"

struct btf_set;

/*
 * Gives 0 and *set, to be freed by btfs_free(). @path: a directory; or the file of
 * vmlinux, and then modules have no BTF. A directory without vmlinux gives an empty
 * set: the kernel has no BTF. A vmlinux that cannot be understood does as well, and
 * that has been said. Else -errno, and has said why.
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
