/* SPDX-License-Identifier: GPL-2.0-only */
/* Seeds: probes of a plan that select packets, see bpf/seed.h. */
#ifndef SEEDS_H
#define SEEDS_H

#include "plan.h"

/*
 * Adds to @chosen those of @lines, the list of seeds, that are for @how:
 * tracepoints, or functions; whatever @list. 0 or -ENOMEM.
 */
int seeds_choose(const struct funcs *lines, const struct funcs *list,
		 enum how how, struct funcs *chosen);

/*
 * Makes probes of @plan those seeds that are in it, and adds the others, with
 * numbers of their own. @seeds is the plan of the list of seeds: a line's
 * number there is its stage. What cannot be probed there is left out. 0,
 * -ENOMEM, or -E2BIG: no number is left, and has said so.
 */
int seeds_add(struct plan *plan, const struct plan *seeds);

#endif /* SEEDS_H */
