/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * With bpfpath.sh -R functions are probed where they return, too: behind each probe of
 * a step a plan gets one for the return.
 */
#ifndef RETURNS_H
#define RETURNS_H

#include "../btf/btfs.h"
#include "plan.h"

#define SESSION_FUNC	"bpf_session_is_return"	/* of kernels with sessions */

/*
 * Adds to @out, which is empty, all probes of @plan, and behind each probe of a step one
 * with the same number where its function returns; with @sessions one that sees both
 * (HOW_SESSION) takes the place of the two. Functions that free packets get none. @btfs
 * tells fexit where the result is. Returns how many were added, or -ENOMEM.
 */
int returns_add(const struct plan *plan, struct btf_set *btfs, int sessions,
		struct plan *out);

#endif /* RETURNS_H */
