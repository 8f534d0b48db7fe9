/* SPDX-License-Identifier: GPL-2.0-only */
/* Copy sites: probes of a plan that see how a packet is made of another one. */
#ifndef COPY_SITES_H
#define COPY_SITES_H

#include "plan.h"

/*
 * Adds to @plan, with numbers of their own, those of @copy_sites, the plan made of
 * bpf/copy_sites.list, that can be probed and take two packets. Returns how many;
 * -ENOMEM; or -E2BIG: no number is left, and has said so.
 */
int copy_sites_add(struct plan *plan, const struct plan *copy_sites);

/*
 * Do the attached probes (those without an error in @errors) see what is made of a
 * packet, and also where TCP frees what it has kept? Then its originals can be followed
 * (bpf/original.h).
 */
int copy_sites_follow(const struct plan *plan, const int *errors);

#endif /* COPY_SITES_H */
