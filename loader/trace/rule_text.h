/* SPDX-License-Identifier: GPL-2.0-only */
/* Which rule has decided, in the words of a record. */
#ifndef RULE_TEXT_H
#define RULE_TEXT_H

#include <stddef.h>
#include "../../bpf/bpfpath.h"

/*
 * "ip filter INPUT rule 3 handle 7 hook input drop" (Documentation/verdicts.md)
 * in @text, of whose @size bytes it needs 4 * RULE_NAME_LEN at most; "-": no
 * memory.
 */
void rule_text(const struct rule_event *rule, char *text, size_t size);

#endif /* RULE_TEXT_H */
