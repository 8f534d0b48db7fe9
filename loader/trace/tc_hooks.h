/* SPDX-License-Identifier: GPL-2.0-only */
/* What is attached at hooks of tc, asked once a second at most of each. */
#ifndef TC_HOOKS_H
#define TC_HOOKS_H

#include <stdbool.h>
#include <stdint.h>

#include "../kernel/tc_progs.h"

#define TC_HOOKS	8

struct tc_hook {
	uint32_t netns, ifindex;	/* netns: inode number */
	bool is_egress;
};

/* All zero at first. */
struct tc_hooks {
	struct known_hook {
		struct tc_hook hook;
		uint64_t asked;		/* ns; 0: never */
		int err;
		struct tc_progs progs;
	} known[TC_HOOKS];
	unsigned int next;
};

/*
 * The programs at @hook, which is in the namespace of the file @netns, as they were
 * between @now (CLOCK_MONOTONIC, ns) and a second before; until the next call. NULL: not
 * known.
 */
const struct tc_progs *tc_hooks_get(struct tc_hooks *hooks, const char *netns,
				    const struct tc_hook *hook, uint64_t now);

#endif /* TC_HOOKS_H */
