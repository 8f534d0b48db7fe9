/* SPDX-License-Identifier: GPL-2.0-only */
/* Why the kernel does not permit what it was asked for. */
#ifndef RIGHTS_H
#define RIGHTS_H

#include <stddef.h>

/*
 * Puts into @why what does not permit it: capabilities that are missing, a user
 * namespace, lockdown; 1 then. 0: none of these; @why is what may be the cause,
 * and says so. @proc and @security are /proc/self and /sys/kernel/security.
 */
int rights_explain(const char *proc, const char *security, char *why,
		    size_t size);

#endif /* RIGHTS_H */
