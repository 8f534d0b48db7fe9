/* SPDX-License-Identifier: GPL-2.0-only */
/* Records of many packets in, the family of each packet out. */
#ifndef GROUP_H
#define GROUP_H

#include "family.h"

#define GROUP_REMEMBERED	4096	/* families that ended lately */

/* The families that have not ended, by the numbers of their packets. */
struct group {
	struct sorted open;
	struct {
		uint64_t packet;	/* 0: none */
		enum path_state state;
	} ended[GROUP_REMEMBERED];
};

int group_add(struct group *g, struct record *rec, struct family **done);
void group_remember(struct group *g, const struct family *f);
struct family *group_family(const struct group *g, size_t i);
uint64_t group_oldest(const struct group *g);
void group_free(struct group *g);

#endif /* GROUP_H */
