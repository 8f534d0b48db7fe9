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

/* Prepares a search for the end of p, which must have one; family may be NULL. */
void match_init(struct match *m, const struct data *data,
		const struct family *f, const struct path *p);

/* The record that tells the packet's last addresses, or the end. */
const struct record *match_flow(const struct path *p);

/* The interface that the packet was on last; NULL: not known. */
const char *match_interface(const struct path *p);

/* The interface that it was on before that one; NULL: not known. */
const char *match_interface_before(const struct path *p);

/* The entry of verdicts.list for the place and the reason, or NULL. */
const struct table_entry *match_drop(const struct match *m);

/* The entry of ends.list for a packet that was consumed, or NULL. */
const struct table_entry *match_end(const struct match *m);

/* The entry of consumed.list for it, or NULL. */
const struct table_entry *match_consumed(const struct match *m);

/*
 * The function that the packet came to right before the one that freed it; NULL: there
 * is none, or it is not known.
 */
const char *match_last(const struct path *p);

#endif /* MATCH_H */
