/* SPDX-License-Identifier: GPL-2.0-only */
/* BPF programs that are attached at tc's hooks of an interface, by tcx or as filters. */
#ifndef TC_PROGS_H
#define TC_PROGS_H

#include <stdbool.h>
#include <stdint.h>

#include "sys.h"

#define TC_PROGS	64

struct tc_prog {
	uint32_t id;
	bool is_tcx;		/* else it is a filter of clsact, … */
	bool is_direct;		/* … whose number is a verdict (direct-action) */
	char name[PROG_NAME_LEN];	/* "": not known */
};

struct tc_progs {
	uint32_t count;
	bool has_others;	/* filters of other kinds, or with actions; or more programs */
	struct tc_prog progs[TC_PROGS];	/* but for our own classifiers */
};

/*
 * Those of the interface @ifindex in the network namespace for which the file @netns
 * stands. 0 or -errno: they are not known.
 */
int tc_progs_find(const char *netns, int ifindex, bool is_egress, struct tc_progs *progs);

#endif /* TC_PROGS_H */
