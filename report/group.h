/* SPDX-License-Identifier: GPL-2.0-only */
/* Records of many packets in, the family of each packet out. */
#ifndef GROUP_H
#define GROUP_H

#include "family.h"

#define GROUP_REMEMBERED	4096	/* families that ended lately */

/* The families that have not ended, by the numbers of their packets. */
struct group {
	struct sorted open;
	uint64_t ended[GROUP_REMEMBERED];	/* numbers; 0: none */
};

int group_add(struct group *g, struct record *rec, struct family **done);
struct family *group_family(const struct group *g, size_t i);
void group_free(struct group *g);

#endif /* GROUP_H */
