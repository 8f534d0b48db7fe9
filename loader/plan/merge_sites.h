/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Merge sites: functions that put what a packet holds into another one, and tell by
 * their result whether they did. So they are probed where they return (fexit), whatever
 * mechanism the other probes have.
 */
#ifndef MERGE_SITES_H
#define MERGE_SITES_H

#include "../btf/btf.h"
#include "plan.h"

/*
 * Adds to @plan, as copy_sites_add() does, those of @merge_sites, the plan for fentry
 * made of bpf/merge_sites.list, whose first two arguments are packets in the BTF of
 * @vmlinux. Returns how many, or -ENOMEM or -E2BIG.
 */
int merge_sites_add(struct plan *plan, const struct plan *merge_sites,
		const struct btf *vmlinux);

#endif /* MERGE_SITES_H */
