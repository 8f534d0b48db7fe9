/* SPDX-License-Identifier: GPL-2.0-only */
/* Output probes: probes of a plan that select packets, see bpf/output.h. */
#ifndef OUTPUTS_H
#define OUTPUTS_H

#include "plan.h"

/*
 * Adds to @chosen those of @lines, the list of output probes, that are for @how:
 * tracepoints, or functions; whatever @list. 0 or -ENOMEM.
 */
int outputs_choose(const struct funcs *lines, const struct funcs *list,
		 enum how how, struct funcs *chosen);

/*
 * Makes probes of @plan those output probes that are in it, and adds the others, with
 * numbers of their own. @outputs is the plan of the list of output probes: a line's
 * number there is its stage. What cannot be probed there is left out. 0,
 * -ENOMEM, or -E2BIG: no number is left, and has said so.
 */
int outputs_add(struct plan *plan, const struct plan *outputs);

#endif /* OUTPUTS_H */
