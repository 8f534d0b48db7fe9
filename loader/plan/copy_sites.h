/* SPDX-License-Identifier: GPL-2.0-only */
/* Copy sites: probes of a plan that see how a packet is made of another one. */
#ifndef COPY_SITES_H
#define COPY_SITES_H

#include "plan.h"

/*
 * Adds to @plan, with numbers of their own, those of @copy_sites, the plan of the
 * list of copy sites (bpf/copy_sites.list), that can be probed and take two packets.
 * How many, -ENOMEM, or -E2BIG: no number is left, and has said so.
 */
int copy_sites_add(struct plan *plan, const struct plan *copy_sites);

/*
 * Of the probes that are attached (no @errors): do they see what is made of a
 * packet, and also where TCP frees what it has kept? Then that can be followed.
 */
int copy_sites_follow(const struct plan *plan, const int *errors);

#endif /* COPY_SITES_H */
