/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From functions to a plan: which of them this kernel has, under which name, and where
 * their packets are.
 */
#ifndef RESOLVE_H
#define RESOLVE_H

#include "../btf/btfs.h"
#include "funcs.h"
#include "../syms/ksyms.h"
#include "plan.h"

/*
 * The plan for @how, HOW_KPROBE, HOW_MULTI or HOW_FENTRY: each of @chosen
 * (select.h) by its symbols, or by the variants that the compiler made of it;
 * its tracepoints as HOW_TRACEPOINT. A function that takes several packets
 * gets a probe for each; one that ends a packet's path (FIN), or whose line
 * has an ARG, gets one alone. What cannot be probed becomes HOW_SKIP and says why.
 * 0 and *plan, to be freed by plan_free(), or -ENOMEM.
 */
int resolve_functions(const struct funcs *chosen, const struct ksyms *syms,
		      struct btf_set *btfs, enum how how, struct plan **plan);

/*
 * The plan for a kernel where functions cannot be probed: the tracepoints of
 * @list and then all others that take a packet and that no line with "!" takes
 * away, numbered after the list's last line. 0 and *plan, or -ENOMEM.
 */
int resolve_tracepoints(const struct funcs *list, struct btf_set *btfs,
			struct plan **plan);

#endif /* RESOLVE_H */
