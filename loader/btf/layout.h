/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the kernel keeps what the programs read: constants (bpf/constants.def). */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "../lib/consts.h"
#include "btfs.h"

/*
 * Sets all constants of the table, those of what the kernel has not, and of modules
 * that are not loaded, to 0; of facts it knows have_layout alone. 0 or -ENOMEM.
 */
int layout_set(struct btf_set *btfs, struct consts *consts);

#endif /* LAYOUT_H */
