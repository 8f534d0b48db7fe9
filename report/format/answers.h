/* SPDX-License-Identifier: GPL-2.0-only */
/* Which selected packet answers which other one. */
#ifndef FORMAT_ANSWERS_H
#define FORMAT_ANSWERS_H

#include "headers.h"
#include "../path/path.h"

#define ANSWERS_KEPT	4096	/* selections that are remembered */

/* All zero: nothing has been selected. */
struct answers {
	struct answer {
		uint64_t packet, ns;
		bool reply;
		char key[HEADERS_ROOM];		/* headers_question(), as in the question */
	} *kept;
	size_t count, next;
};

/* Remembers a selection, if it is a question or an answer. Returns 0 or -ENOMEM. */
int answers_note(struct answers *a, const struct record *select);

/*
 * The selected packet that answers p, or the question that p answers; NULL: neither is
 * known. Packets are matched by the addresses of their selection or by their last ones:
 * NAT may have changed them in between.
 */
const struct answer *answers_find(const struct answers *a,
				  const struct path *p);

/* Gives back what is remembered. */
void answers_free(struct answers *a);

#endif /* FORMAT_ANSWERS_H */
