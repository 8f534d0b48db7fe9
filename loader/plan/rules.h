/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions of firewalls whose probes see which rule decides on a packet. These
 * probes are of their own kind (bpf/rule.h), whatever mechanism the others have.
 */
#ifndef RULES_H
#define RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "../btf/btfs.h"
#include "../syms/ksyms.h"
#include "plan.h"

/*
 * Adds to @plan those of these functions that are there; modules that are not loaded
 * have none. 0; -ENOMEM; or -E2BIG, and has said why.
 */
int rules_add(struct plan *plan, const struct ksyms *syms,
	      struct btf_set *btfs);

/* Is it a probe that sees rules of iptables? */
bool rules_is_xt(const struct probe *probe);

/* The value for struct state's per_cpu_offset; 0 where no probe needs it. */
uint64_t rules_per_cpu(const struct plan *plan);

#endif /* RULES_H */
