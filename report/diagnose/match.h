/* SPDX-License-Identifier: GPL-2.0-only */
/* Which entry of data/ tells of the end of a path. */
#ifndef MATCH_H
#define MATCH_H

#include "data.h"
#include "func_base.h"
#include "../path/family.h"

#define REASON_UNKNOWN	"-"

/* The end of a path, as entries of verdicts.list and ends.list ask for it. */
struct match {
	const struct data *data;
	const struct family *family;	/* of the path; NULL: not known */
	const struct path *path;
	char func[FUNC_NAME];		/* who dropped or freed it, no suffixes */
	const char *reason;		/* REASON_UNKNOWN also where it is not specified */
};

/* family may be NULL; p has an end. */
void match_init(struct match *m, const struct data *data,
		const struct family *f, const struct path *p);

/* The record that tells the packet's last addresses, or the end. */
const struct record *match_flow(const struct path *p);

/* The interface that the packet was on last; NULL: not known. */
const char *match_interface(const struct path *p);

/* The last one that it was on and is not that any more; NULL: not known. */
const char *match_interface_before(const struct path *p);

/* The entry that knows something of the place and the reason, or NULL. */
const struct table_entry *match_drop(const struct match *m);

/* The one that knows something of a packet that was consumed, or NULL. */
const struct table_entry *match_end(const struct match *m);

/* The one that knows what became of a packet that was consumed, or NULL. */
const struct table_entry *match_consumed(const struct match *m);

/*
 * The function to which it came right before the one that frees it; NULL: none, or
 * it is not known.
 */
const char *match_last(const struct path *p);

#endif /* MATCH_H */
