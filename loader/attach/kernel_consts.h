/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KERNEL_CONSTS_H
#define KERNEL_CONSTS_H

#include "../btf/btfs.h"
#include "../lib/consts.h"

/*
 * Sets all constants that depend on the kernel (bpf/constants.def), by its BTF and
 * by trial; and the number of SESSION_FUNC, for attach.c. 0 or -ENOMEM.
 */
int kernel_consts(struct btf_set *btfs, struct consts *consts);

#endif /* KERNEL_CONSTS_H */
