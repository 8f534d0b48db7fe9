/* SPDX-License-Identifier: GPL-2.0-only */
/* Network namespaces by the names that notes of the records give them. */
#ifndef SPACE_H
#define SPACE_H

#include "../input/records.h"

#define SPACE_ROOM	32	/* for a number, bytes */

const char *space_name(const struct notes *notes, struct number netns);
const char *space_text(char buf[SPACE_ROOM], const struct notes *notes,
		       struct number netns);

#endif /* SPACE_H */
