/* SPDX-License-Identifier: GPL-2.0-only */
/* Network namespaces by the names that notes of the records give them. */
#ifndef NETNS_NAME_H
#define NETNS_NAME_H

#include "../input/records.h"

#define NETNS_ROOM	32	/* for a number, bytes */

/*
 * The name of a namespace, from the last note "netns: INODE NAME" with its inode
 * number. NULL: there is no note, or the last one has no name any more.
 */
const char *netns_name(const struct notes *notes, struct number netns);

/* Its name or, in buf, its inode number; NULL: it is not known. */
const char *netns_text(char buf[NETNS_ROOM], const struct notes *notes,
		       struct number netns);

#endif /* NETNS_NAME_H */
