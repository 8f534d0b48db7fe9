/* SPDX-License-Identifier: GPL-2.0-only */
/* The rule of a firewall that dropped a packet, in words. */
#ifndef DIAGNOSE_RULE_H
#define DIAGNOSE_RULE_H

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
	struct rule_word verdict;	/* drop, accept, jump, …, or the name of a target */
	struct rule_word target;	/* of a jump or goto: a chain */
	struct rule_word comment;	/* its own, any text */
};

/*
 * Takes "ip filter INPUT rule 3 handle 7 hook input drop comment no pings" apart;
 * words point into text. False: text lacks some of them.
 */
bool rule_parse(struct rule *rule, const char *text);

/*
 * The record of the rule that decided: the last one that accepts or drops, if that rule
 * dropped the packet, or if it is of a chain's policy and netfilter dropped it. NULL: not known.
 */
const struct record *rule_decided(const struct path *p);

/* Prints "dropped by netfilter: table ip filter chain INPUT rule 3 …". */
void rule_verdict(FILE *out, const struct record *rec);

/* Prints "netfilter: table ip filter chain INPUT rule 3 …: jump other". */
void rule_print(FILE *out, const struct record *rec);

/* Prints the command that shows the rule. */
void rule_next(FILE *out, const struct record *rec);

#endif /* DIAGNOSE_RULE_H */
