/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions are probed where they return, too (bpfpath.sh -R): a plan gets a
 * probe for that behind each of a step.
 */
#ifndef RETURNS_H
#define RETURNS_H

#include "../btf/btfs.h"
#include "plan.h"

#define SESSION_FUNC	"bpf_session_is_return"	/* of kernels with sessions */

/*
 * Adds to @out, which is empty, all probes of @plan, and behind each one of a
 * step one with the same number where its function returns, or, in its place,
 * one that sees both (HOW_SESSION), with @sessions; but for those that free
 * packets. @btfs tells fexit where the result is. How many were added, or
 * -ENOMEM.
 */
int returns_add(const struct plan *plan, struct btf_set *btfs, int sessions,
		struct plan *out);

#endif /* RETURNS_H */
