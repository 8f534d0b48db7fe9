/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The mechanisms of attaching and of reading that bpfpath has, and what each needs. One
 * table serves "check", which shows it, and choose.c, which picks from it.
 */
#ifndef MECHANISMS_H
#define MECHANISMS_H

#include <stddef.h>

struct mechanism {
	const char *kind;	/* "attach", "read" (to choose from), "select", "needs" */
	const char *name;
	int (*trial)(void);	/* 0 or -errno */
	const char *options[4];	/* CONFIG_ options that it needs */
	const char *since;	/* the first kernel that has it */
	const char *gives;	/* what it is good for */
};

extern const struct mechanism mechanisms[];
extern const size_t mechanism_count;

/*
 * Tries the mechanism. 1: it is usable; 0: it is not, and @why says what is missing: a
 * privilege, a mount, a CONFIG_ option, a newer kernel.
 */
int mechanism_usable(const struct mechanism *mechanism, char *why,
		     size_t size);

#endif /* MECHANISMS_H */
