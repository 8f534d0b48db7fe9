/* SPDX-License-Identifier: GPL-2.0-only */
/* What conntrack knows of a packet, for a person. */
#ifndef CT_TEXT_H
#define CT_TEXT_H

#include <stdbool.h>

#define CT_TEXT_ROOM	512	/* for such a text, bytes */

/*
 * What @ct, a record's column "ct" or what conntrack_at() has made of it, says: the
 * state if @with_state, and what is known of the entry, such as
 * "new,snat, zone 5, mark 0x10, 10.0.0.2:1000 > 10.0.0.1:80 as 192.0.2.1:1000 > …",
 * before and after the translation, in the packet's direction. @why: why it is so, NULL: not
 * known. "": nothing.
 */
const char *ct_text(const char *ct, bool with_state, const char *why,
		    char buf[CT_TEXT_ROOM]);

#endif /* CT_TEXT_H */
