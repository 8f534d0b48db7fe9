/* SPDX-License-Identifier: GPL-2.0-only */
/* What the end of a packet means, in plain words. */
#ifndef DIAGNOSE_H
#define DIAGNOSE_H

#include "data.h"
#include "../path/family.h"

#define WHY_GIVEN_UP	"given up"	/* the kind that is a loss */

/* NULL: nothing to say. */
struct why {
	const char *rule;	/* that decided, as its record has it */
	char *verdict;	/* "dropped in ip_rcv_core: …" */
	char *cause;	/* the usual one */
	char *next;	/* commands to look at next */
	const char *kind; /* consumed: words of data/consumed.list; NULL: none */
	char *what;	/* kind, and the place; NULL: there are no tables */
	bool done;	/* as it should be: nothing is lost by this end */
	bool unanswered; /* consumed, and whoever waits for an answer waits on */
};

/*
 * Finds why p, of the family f, ended so, as far as data knows; f and data may be NULL.
 * The strings may hold any bytes that records and data have. Returns 0 or -ENOMEM;
 * why_free() is to follow in both cases.
 */
int why_find(struct why *why, const struct data *data, const struct family *f,
	     const struct path *p);

/* How the end is shown: HOW_CONSUMED is good, HOW_DROPPED a loss, others doubt. */
enum end_how why_looks(const struct why *why, const struct path *p);

/* Is it known whether that end is a loss? "done" of struct why then tells. */
bool why_knows_loss(enum end_how how, const char *verdict);

/* Gives back the strings. */
void why_free(struct why *why);

#endif /* DIAGNOSE_H */
