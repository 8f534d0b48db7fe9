/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One record: Documentation/records.md says what its fields mean. One more column takes
 * a member of struct record, a line in record_columns (record.c), COLUMNS, and the same
 * column in loader/trace/records.c, which writes records.
 */
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
	struct number pid, sport, dport, link_type;
	/* NULL: not known */
	const char *func, *ifname, *reason, *location, *comm, *proto, *saddr;
	const char *daddr, *icmp, *module, *ret, *rule, *bytes, *stack, *ct;
	const char *fields;
	const char *hook, *verdict;	/* of a BPF program, or of Open vSwitch */
	struct number prog;		/* the id; not known: it is no program */
	const char *call;	/* what the thread does (comm, pid), … */
	struct number fd, socket;	/* … and the call's descriptor, and its inode number */
	enum end_how how;
	unsigned long line;	/* where it stood in the input */
	char *text;		/* what the strings point into */
};

/* How the fields of a column are written. */
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

#define COLUMNS	43

extern const struct column record_columns[COLUMNS];

#define RECORD_ERROR	512	/* room for a message, bytes */

/*
 * Fills rec, all zero before, from the fields of a line, one for each of
 * record_columns. The fields must live as long as rec. When the type is RECORD_OTHER
 * nothing else is looked at. Returns 0, or -EINVAL with a message in error.
 */
int record_parse(struct record *rec, const char *const fields[COLUMNS],
		 char error[RECORD_ERROR]);

/* Does the record tell of no step of the packet, but of something meanwhile? */
bool record_is_extra(const struct record *rec);

/* Are both numbers the same, or both not known? */
bool record_same_number(struct number a, struct number b);

/* The same of texts; NULL: not known. */
bool record_same_text(const char *a, const char *b);

/* Does the record tell where the packet was? */
bool record_has_place(const struct record *rec);

/* Do both records have the packet on the same interface, by name, and network namespace? */
bool record_same_place(const struct record *a, const struct record *b);

/*
 * Compares two records by time, then by their place in the input: less than 0, 0 or
 * greater than 0, as qsort(3) wants it.
 */
int record_by_time(const struct record *a, const struct record *b);

/* Gives back rec, which may be NULL. */
void record_free(struct record *rec);

#endif /* RECORD_H */
