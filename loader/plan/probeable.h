/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which functions the kernel lets be probed: those that ftrace can trace, and
 * that are not on the black list of kprobes.
 */
#ifndef PROBEABLE_H
#define PROBEABLE_H

#include "discover.h"

enum mark {
	MARK_TRACEABLE = 1,
	MARK_BLACKLISTED = 2,
};

/*
 * Marks the functions that the file @path names, one a line: "NAME" or "NAME [MODULE]",
 * perhaps behind a range of addresses and a tab. 0; -errno: nothing is known, and
 * nothing has been said.
 */
int probeable_mark(struct discovery *discovery, const char *path,
		   enum mark mark);

/* The same from the running kernel's files in tracefs and debugfs. */
int probeable_mark_here(struct discovery *discovery, enum mark mark);

/* Can ftrace trace it, as far as is known? */
int probeable_is(const struct discovery *discovery, const struct found *found);

#endif /* PROBEABLE_H */
