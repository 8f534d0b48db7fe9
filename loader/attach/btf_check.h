/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Is BTF that comes from a file that of the kernel that runs? Nothing in it says so.
 * What it tells is compared with what the kernel shows: functions with the symbols;
 * members of a packet with what the kernel itself reads of one. Other structs, and
 * modules, cannot be compared.
 */
#ifndef BTF_CHECK_H
#define BTF_CHECK_H

#include "../btf/btfs.h"
#include "../syms/ksyms.h"

/*
 * How many functions of @btf are no symbols of vmlinux, of 1000. Its own BTF has those
 * that are thrown away when the kernel has started: 6 of 1000 in one with everything
 * built in.
 */
int btf_check_functions(const struct btf *btf, const struct ksyms *syms);

/*
 * Compares the BTF of @path (btfs_open()) with the running kernel, whose symbols are
 * in the file @symbols. 0; -EINVAL: it is another kernel's, or none; -errno: it
 * cannot be compared; and has said so.
 */
int btf_check(const struct btf_set *btfs, const char *symbols, const char *path);

#endif /* BTF_CHECK_H */
