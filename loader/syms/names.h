/* SPDX-License-Identifier: GPL-2.0-only */
/* Names of numbers: addresses and drop reasons of the kernel, hooks. */
#ifndef NAMES_H
#define NAMES_H

#include <linux/types.h>
#include <stddef.h>

/*
 * The place that a return address belongs to, as "symbol+0xoffset", where the
 * offset is that of the address itself; "0x…" when the kernel hides its
 * symbols; "-" for 0. Symbols are read when first needed.
 */
void name_location(__u64 addr, char *out, size_t size);

/* The function alone that a return address belongs to; "" when not known. */
void name_caller(__u64 addr, char *out, size_t size);

/* The name of a drop reason, from this kernel's BTF, as reasons.h has it. */
void name_reason(__u32 reason, char *out, size_t size);

/* The name of an enum hook, and back: it, or HOOKS when there is none. */
const char *name_hook(__u32 hook);
__u32 hook_named(const char *name);

/* Where the kernel's BTF is, if not in BTFS_DIR (btfs.h); @path must stay. */
void names_btf(const char *path);

void names_free(void);

#endif /* NAMES_H */
