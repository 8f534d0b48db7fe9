/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions of conntrack that tell what it does with a packet (bpf/ct_site.h). Their
 * probes are of their own kind, as those of rules are.
 */
#ifndef CT_SITES_H
#define CT_SITES_H

#include <stdbool.h>

#include "../btf/btfs.h"
#include "../syms/ksyms.h"
#include "plan.h"

/* Adds to @plan those of these functions that are there. 0, -ENOMEM, -E2BIG. */
int ct_sites_add(struct plan *plan, const struct ksyms *syms, struct btf_set *btfs);

/* Is it such a probe? */
bool ct_sites_is_one(const struct probe *probe);

#endif /* CT_SITES_H */
