/* SPDX-License-Identifier: GPL-2.0-only */
/* Callees: probes on functions that work for a packet without having it (bpf/callees.h). */
#ifndef PLAN_CALLEES_H
#define PLAN_CALLEES_H

#include "funcs.h"
#include "plan.h"

/*
 * Adds to @chosen the functions of @lines (aside_funcs.list) as callees; @list and
 * @how do not matter. 0 or -ENOMEM.
 */
int callees_choose(const struct funcs *lines, const struct funcs *list,
		 enum how how, struct funcs *chosen);

/*
 * Adds to @plan, with numbers of their own, those of @callees that can be probed and
 * are not in @plan. Returns how many; -ENOMEM; or -E2BIG, and has said so.
 */
int callees_add(struct plan *plan, const struct plan *callees);

#endif /* PLAN_CALLEES_H */
