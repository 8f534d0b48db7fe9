/* SPDX-License-Identifier: GPL-2.0-only */
/* Probes on functions that have no packet (bpf/aside.h). */
#ifndef PLAN_ASIDE_H
#define PLAN_ASIDE_H

#include "funcs.h"
#include "plan.h"

/*
 * Adds to @chosen the functions of @lines (aside_funcs.list) as such ones,
 * whatever @list and @how. 0 or -ENOMEM.
 */
int aside_choose(const struct funcs *lines, const struct funcs *list,
		 enum how how, struct funcs *chosen);

/*
 * Adds to @plan, with numbers of their own, those of @asides that can be probed and
 * are not in it. How many, -ENOMEM, or -E2BIG, and has said so.
 */
int aside_add(struct plan *plan, const struct plan *asides);

#endif /* PLAN_ASIDE_H */
