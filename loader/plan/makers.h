/* SPDX-License-Identifier: GPL-2.0-only */
/* Makers: probes of a plan that see how a packet is made of another one. */
#ifndef MAKERS_H
#define MAKERS_H

#include "plan.h"

/*
 * Adds to @plan, with numbers of their own, those of @makers, the plan of the
 * list of makers (bpf/makers.list), that can be probed and take two packets.
 * How many, -ENOMEM, or -E2BIG: no number is left, and has said so.
 */
int makers_add(struct plan *plan, const struct plan *makers);

/*
 * Of the probes that are attached (no @errors): do they see what is made of a
 * packet, and also where TCP frees what it has kept? Then that can be followed.
 */
int makers_follow(const struct plan *plan, const int *errors);

#endif /* MAKERS_H */
