/* SPDX-License-Identifier: GPL-2.0-only */
/* Why the kernel does not permit what it was asked for. */
#ifndef RIGHTS_H
#define RIGHTS_H

#include <stddef.h>

/*
 * Writes to @why why the kernel refuses. Returns 1: a capability that is missing, a
 * user namespace, or lockdown. 0: none of these; @why names what may be the cause, and
 * says that it may be. @proc and @security are /proc/self and /sys/kernel/security.
 */
int rights_explain(const char *proc, const char *security, char *why,
		    size_t size);

#endif /* RIGHTS_H */
