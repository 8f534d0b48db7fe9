/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the memory of a page is, by the address of its struct page; on x86 alone. */
#ifndef PAGE_MEMORY_H
#define PAGE_MEMORY_H

#include "../lib/consts.h"

/*
 * Sets the constants vmemmap_base and page_offset_base (bpf/constants.def): the addresses
 * of the kernel's variables of these names, or 0: symbols are hidden, or there are none.
 * 0 or -errno.
 */
int page_memory_set(struct consts *consts);

#endif /* PAGE_MEMORY_H */
