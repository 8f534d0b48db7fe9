/* SPDX-License-Identifier: GPL-2.0-only */
/* Where nftables keeps what bpf/rule_nft.h reads, when no BTF tells. */
#ifndef RULE_LAYOUT_H
#define RULE_LAYOUT_H

#include <stdbool.h>

#include "../btf/btfs.h"
#include "../lib/consts.h"

/*
 * A kernel whose modules have no BTF, before 5.11, and whose nftables is that of
 * 5.10: what the structures of nf_tables are like there, its sources tell. What
 * tells such a kernel is the list of tables in struct netns_nft, up to 5.12: later
 * ones may have no BTF of modules, too, as they are built.
 */
bool rule_layout_is_old(struct btf_set *btfs);

/* On such a kernel, sets these constants; after layout_set(). 0 or -ENOMEM. */
int rule_layout_set(struct btf_set *btfs, struct consts *consts);

#endif /* RULE_LAYOUT_H */
