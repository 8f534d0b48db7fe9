/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Does BTF from a file belong to the kernel that runs? Nothing in it says so. So its
 * functions are compared with the kernel's symbols, and the members of its struct
 * sk_buff with what the kernel itself reads of a packet. Other structs, and modules,
 * cannot be compared.
 */
#ifndef BTF_CHECK_H
#define BTF_CHECK_H

#include "../btf/btfs.h"
#include "../syms/ksyms.h"

/*
 * How many of 1000 functions of @btf are no symbols of vmlinux. In a kernel's own BTF
 * these are functions that are thrown away when it has started: 6 of 1000 with
 * everything built in.
 */
int btf_check_functions(const struct btf *btf, const struct ksyms *syms);

/*
 * Compares the BTF of @path (btfs_open()) with the running kernel, whose symbols are
 * in the file @symbols. 0; -EINVAL: it is another kernel's, or none; -errno: it
 * cannot be compared; and has said so.
 */
int btf_check(const struct btf_set *btfs, const char *symbols, const char *path);

#endif /* BTF_CHECK_H */
