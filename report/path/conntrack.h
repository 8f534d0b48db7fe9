/* SPDX-License-Identifier: GPL-2.0-only */
/* What conntrack knows of a packet at a step. */
#ifndef PATH_CONNTRACK_H
#define PATH_CONNTRACK_H

#include "path.h"

/*
 * What step @i of @p, from 0, has in its column "ct"; NULL: not known. "none" becomes
 * "invalid" where conntrack has looked at the packet before, and has left it without an
 * entry.
 */
const char *conntrack_at(const struct path *p, size_t i);

/*
 * Where conntrack_at() is "invalid": what conntrack has said of that, in the column "ct"
 * of a record "aside"; NULL: nothing, or nothing that is known.
 */
const char *conntrack_why(const struct path *p, size_t i);

/* Is that a state: neither NULL nor "none"? */
bool conntrack_is_state(const char *ct);

#endif /* PATH_CONNTRACK_H */
