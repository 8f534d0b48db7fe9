/* SPDX-License-Identifier: GPL-2.0-only */
/* Output probes: probes of a plan that select packets, see bpf/output_probe.h. */
#ifndef OUTPUT_PROBES_H
#define OUTPUT_PROBES_H

#include "plan.h"

/*
 * Adds to @chosen those of @lines, the list of output probes, that are for @how:
 * tracepoints, or functions; @list does not matter. 0 or -ENOMEM.
 */
int output_probes_choose(const struct funcs *lines, const struct funcs *list,
		 enum how how, struct funcs *chosen);

/*
 * Turns those probes of @plan into output probes that are also in @outputs, and adds the
 * others with numbers of their own. @outputs is the plan made of the list of output
 * probes, and the number of a line there is its stage. What cannot be probed is left
 * out. 0; -ENOMEM; or -E2BIG: no number is left, and has said so.
 */
int output_probes_add(struct plan *plan, const struct plan *outputs);

/*
 * The stage of the output probe that all packets pass which leave by a device, also those
 * that were not made here; 0: there is none.
 */
int output_probes_passing(const struct plan *plan);

#endif /* OUTPUT_PROBES_H */
