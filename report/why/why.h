/* SPDX-License-Identifier: GPL-2.0-only */
/* Why a packet was dropped, in plain words. */
#ifndef WHY_H
#define WHY_H

#include "data.h"
#include "../path/path.h"

/* NULL: nothing to say. */
struct why {
	const char *rule;	/* that decided, as its record has it */
	char *verdict;	/* "dropped in ip_rcv_core: …" */
	char *cause;	/* the usual one */
	char *next;	/* commands to look at next */
};

int why_find(struct why *why, const struct data *data, const struct path *p);
void why_free(struct why *why);

#endif /* WHY_H */
