/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Joiners: functions that put what a packet holds into another one, and say by
 * their result whether they have. Only their return tells, so these are probed
 * there (fexit), whatever mechanism the others have.
 */
#ifndef JOINERS_H
#define JOINERS_H

#include "../btf/btf.h"
#include "plan.h"

/*
 * Adds to @plan, as makers_add() does, those of @joiners, the plan for fentry of
 * bpf/joiners.list, whose first two arguments are packets in the BTF of
 * @vmlinux. How many, or -ENOMEM or -E2BIG.
 */
int joiners_add(struct plan *plan, const struct plan *joiners,
		const struct btf *vmlinux);

#endif /* JOINERS_H */
