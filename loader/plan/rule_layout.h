/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rules.h: where firewalls keep what bpf/rule.h reads, in the form of kernel.h
 * (layout.h). They are modules, which come and go, so this is a file of its own.
 */
#ifndef RULE_LAYOUT_H
#define RULE_LAYOUT_H

#include <stdio.h>
#include "../btf/btfs.h"

/*
 * A kernel whose modules have no BTF, before 5.11, and whose nftables is that of
 * 5.10: what the structures of nf_tables are like there, its sources tell.
 */
int rule_layout_is_old(struct btf_set *btfs);

/* What modules that are not loaded would have is left out. 0 or -errno. */
int rule_layout_write(struct btf_set *btfs, FILE *out);

#endif /* RULE_LAYOUT_H */
