/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the kernel keeps what the programs read: constants (bpf/constants.def). */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "../lib/consts.h"
#include "btfs.h"

/*
 * Sets all constants of the table but those of a target: members and bit fields by BTF,
 * have_layout, and all others to 0, as what the kernel lacks and what belongs to a
 * module that is not loaded. 0 or -ENOMEM.
 */
int layout_set(struct btf_set *btfs, struct consts *consts);

#endif /* LAYOUT_H */
