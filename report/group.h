/* SPDX-License-Identifier: GPL-2.0-only */
/* Records of many packets in, the path of each packet out. */
#ifndef GROUP_H
#define GROUP_H

#include "path.h"

/* The packets whose end has not come, in the order of their numbers. */
struct group {
	struct path **open;
	size_t count, room;
};

int group_add(struct group *g, struct record *rec, struct path **done);
void group_free(struct group *g);

#endif /* GROUP_H */
