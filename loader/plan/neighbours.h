/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions whose probes see whether the kernel answers a neighbour's question, of ARP or
 * neighbour discovery (bpf/answer.h). They have probes of their own kind, as rules have
 * (rules.h).
 */
#ifndef NEIGHBOURS_H
#define NEIGHBOURS_H

#include <stdbool.h>

#include "../btf/btfs.h"
#include "../syms/ksyms.h"
#include "plan.h"

/* Adds these functions to @plan, if the kernel has all of them. 0, -ENOMEM or -E2BIG. */
int neighbours_add(struct plan *plan, const struct ksyms *syms,
		struct btf_set *btfs);

/* Is it a probe of a witness, which tells something by never being reached? */
bool neighbours_is_witness(const struct probe *probe);

/* Is it a probe that notes the question in hand, without which no witness tells? */
bool neighbours_is_question(const struct probe *probe);

#endif /* NEIGHBOURS_H */
