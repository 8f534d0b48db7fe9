/* SPDX-License-Identifier: GPL-2.0-only */
/* One record: Documentation/records.md says what its fields mean. */
#ifndef RECORD_H
#define RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum record_type {
	RECORD_SELECT,
	RECORD_STEP,
	RECORD_DERIVED,
	RECORD_END,
	RECORD_RETURN,
	RECORD_CALLEE,
	RECORD_RULE,
	RECORD_OTHER,	/* of a later version: passed over */
};

enum end_how {
	HOW_NOT_GIVEN,
	HOW_CONSUMED,
	HOW_DROPPED,
	HOW_UNKNOWN,
	HOW_TIMEOUT,
};

extern const char *const record_types[];
extern const char *const record_hows[];

struct number {
	bool known;
	uint64_t value;
};

struct record {
	enum record_type type;
	struct number packet, seq, ns, cpu, skb, ifindex, netns, len, mark;
	struct number missed, member, parent, relatives, lost, id;
	struct number pid, sport, dport, link;
	/* NULL: not known */
	const char *func, *ifname, *reason, *location, *comm, *proto, *saddr;
	const char *daddr, *icmp, *module, *ret, *rule, *bytes, *stack, *ct;
	enum end_how how;
	unsigned long line;	/* where it stood in the input */
	char *text;		/* what the strings point into */
};

/* How a column is written and what member of struct record it fills. */
enum column_kind {
	KIND_TYPE,
	KIND_DEC32,
	KIND_DEC64,
	KIND_HEX64,
	KIND_STRING,
	KIND_HOW,
};

/* May a header lack it? Then it is "-" in all records. */
enum column_need {
	NEEDED,
	OPTIONAL,
};

struct column {
	const char *name;
	enum column_need need;
	enum column_kind kind;
	size_t offset;
};

#define COLUMNS	36

extern const struct column record_columns[COLUMNS];

#define RECORD_ERROR	512	/* room for a message, bytes */

/*
 * Fills rec, all zero before, from the fields of a line, one for each of
 * record_columns, which must live as long as rec. Of a record of type
 * RECORD_OTHER no more than the type is looked at. Returns 0, or -EINVAL with
 * a message in error.
 */
int record_parse(struct record *rec, const char *const fields[COLUMNS],
		 char error[RECORD_ERROR]);

/* Is it no step of the packet, but something that happened meanwhile? */
bool record_is_extra(const struct record *rec);

/* What is not known is the same as nothing but itself. */
bool record_same_number(struct number a, struct number b);

/* The same of texts; NULL: not known. */
bool record_same_text(const char *a, const char *b);

/* Does it tell where the packet was? */
bool record_has_place(const struct record *rec);

/* Was the packet on an interface of that name, in that network namespace? */
bool record_same_place(const struct record *a, const struct record *b);

/*
 * Less than 0, 0 or greater than 0, as qsort(3) wants it: by time, those of one
 * moment as they stood in the input.
 */
int record_by_time(const struct record *a, const struct record *b);

/* Gives back rec, which may be NULL. */
void record_free(struct record *rec);

#endif /* RECORD_H */
