/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which functions ftrace can trace. kprobe.multi refuses a function that is compiled
 * "notrace", as are all that the kernel's sources call inline, and with it all others
 * that are asked for together.
 */
#ifndef TRACEABLE_H
#define TRACEABLE_H

#include <stdint.h>

struct traceable;

/*
 * Reads available_filter_functions_addrs (Linux 6.5) in the tracefs @dir. 0
 * and *traceable, to be freed by traceable_free(), or -errno: not known here.
 */
int traceable_open(const char *dir, struct traceable **traceable);
void traceable_free(struct traceable *traceable);

/* Is the function at that address traceable? */
int traceable_has(const struct traceable *traceable, uint64_t addr);

#endif /* TRACEABLE_H */
