/* SPDX-License-Identifier: GPL-2.0-only */
/* The rule of a firewall that dropped a packet, in words. */
#ifndef RULE_H
#define RULE_H

#include "../path/path.h"

#include <stdio.h>

/* A part of a record's text. */
struct rule_word {
	const char *text;	/* NULL: not told */
	int len;
};

/* What a record says of a rule (Documentation/verdicts.md). */
struct rule {
	struct rule_word family, table;
	struct rule_word chain;		/* not told: not known */
	struct rule_word number, handle, hook;
	bool policy;			/* of the chain: no rule decided */
	struct rule_word verdict;
	struct rule_word comment;	/* its own, any text */
};

bool rule_parse(struct rule *rule, const char *text);
const struct record *rule_decided(const struct path *p);
void rule_verdict(FILE *out, const struct record *rec);
void rule_next(FILE *out, const struct record *rec);

#endif /* RULE_H */
