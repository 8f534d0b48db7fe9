/* SPDX-License-Identifier: GPL-2.0-only */
/* Which entry of data/ tells of the end of a path. */
#ifndef MATCH_H
#define MATCH_H

#include "data.h"
#include "../path/family.h"

#define MATCH_UNKNOWN	"-"	/* a place or reason that is not known */
#define MATCH_NAME	256	/* room for the name of a function, bytes */

/* The end of a path, as entries of verdicts.list and ends.list ask for it. */
struct match {
	const struct data *data;
	const struct family *family;	/* of the path; NULL: not known */
	const struct path *path;
	char func[MATCH_NAME];		/* who dropped or freed it, no suffixes */
	const char *reason;		/* no reason that is given is none */
};

void match_base(char name[MATCH_NAME], const char *location);
void match_init(struct match *m, const struct data *data,
		const struct family *f, const struct path *p);
const struct record *match_flow(const struct path *p);
const char *match_interface(const struct path *p);
const char *match_interface_before(const struct path *p);
const struct table_entry *match_drop(const struct match *m);
const struct table_entry *match_end(const struct match *m);
const struct table_entry *match_consumed(const struct match *m);
const char *match_last(const struct path *p);

#endif /* MATCH_H */
