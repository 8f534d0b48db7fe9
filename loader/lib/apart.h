/* SPDX-License-Identifier: GPL-2.0-only */
/* What may need any time and memory, or crash: in a process of its own. */
#ifndef APART_H
#define APART_H

#include <stdio.h>

#define APART_SECONDS	60	/* of CPU time */
#define APART_MB	2048	/* of memory */

/*
 * Runs fn() in a process with these limits. 0, and what fn() has written to @out: *bytes,
 * to be freed, with a NUL behind them, and *size. Else -errno, or the number of the
 * signal that has ended the process: SIGXCPU when it took longer. fn() itself has to say
 * when there is no more memory.
 */
int apart_run(void (*fn)(void *ctx, FILE *out), void *ctx, char **bytes,
	      size_t *size);

#endif /* APART_H */
