/* SPDX-License-Identifier: GPL-2.0-only */
/* Where nftables keeps what bpf/rule_nft.h reads, when no BTF tells. */
#ifndef RULE_LAYOUT_H
#define RULE_LAYOUT_H

#include <stdbool.h>

#include "../btf/btfs.h"
#include "../lib/consts.h"

/*
 * Is it a kernel whose modules have no BTF, as before 5.11, and whose nftables is that
 * of 5.10? Then the sources of 5.10 tell its structures. The sign is the list of tables
 * in struct netns_nft, which was there up to 5.12: a later kernel may be built without
 * BTF of modules, too.
 */
bool rule_layout_is_old(struct btf_set *btfs);

/* On such a kernel, sets these constants; after layout_set(). 0 or -ENOMEM. */
int rule_layout_set(struct btf_set *btfs, struct consts *consts);

#endif /* RULE_LAYOUT_H */
