/* SPDX-License-Identifier: GPL-2.0-only */
/* Which rule has decided, in the words of a record. */
#ifndef RULE_TEXT_H
#define RULE_TEXT_H

#include <stddef.h>
#include "../../bpf/bpfpath.h"

#define RULE_TEXT_LEN	(5 * RULE_NAME_LEN + RULE_COMMENT_LEN)	/* it needs no more */

/*
 * Writes "ip filter INPUT rule 3 handle 7 hook input drop comment no pings"
 * (Documentation/verdicts.md), or with "jump CHAIN", "return", "LOG" and the like as the
 * verdict, to @text, of @size bytes; "-": no memory. The comment may
 * hold any byte: one that a terminal would obey becomes '?'.
 */
void rule_text(const struct rule_event *rule, char *text, size_t size);

#endif /* RULE_TEXT_H */
