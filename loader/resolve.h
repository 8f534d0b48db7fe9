/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From the list of functions to a plan: what this kernel has of it, under
 * which name, and where its arguments are.
 */
#ifndef RESOLVE_H
#define RESOLVE_H

#include "btfs.h"
#include "funcs.h"
#include "ksyms.h"
#include "plan.h"

/*
 * The plan for kprobes: each function of the list by its symbol, or by the
 * variants that the compiler made of it; tracepoints of the list as
 * tracepoints. What cannot be probed becomes HOW_SKIP and says why.
 * 0 and *plan, to be freed by plan_free(), or -ENOMEM.
 */
int resolve_kprobes(const struct funcs *funcs, const struct ksyms *syms,
		    struct btf_set *btfs, struct plan **plan);

/*
 * The plan without kprobes: the tracepoints of the list and then all others
 * that take a packet, numbered after the list's last line. Functions are left
 * out. 0 and *plan, or -ENOMEM.
 */
int resolve_tracepoints(const struct funcs *funcs, struct btf_set *btfs,
			struct plan **plan);

#endif /* RESOLVE_H */
