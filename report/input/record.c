// SPDX-License-Identifier: GPL-2.0-only
#include "record.h"
#include "../../lib/digits.h"
#include "utf8.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const record_types[] = {
	"select", "step", "born", "end", "return", "aside", "rule", NULL
};
const char *const record_hows[] = {
	"-", "consumed", "dropped", "unknown", "timeout", NULL
};

/* The columns of version 1, in the order in which they are written. */
const struct column record_columns[COLUMNS] = {
	{ "type", NEEDED, KIND_TYPE, offsetof(struct record, type) },
	{ "packet", NEEDED, KIND_DEC32, offsetof(struct record, packet) },
	{ "seq", NEEDED, KIND_DEC32, offsetof(struct record, seq) },
	{ "ns", NEEDED, KIND_DEC64, offsetof(struct record, ns) },
	{ "cpu", NEEDED, KIND_DEC32, offsetof(struct record, cpu) },
	{ "skb", NEEDED, KIND_HEX64, offsetof(struct record, skb) },
	{ "func", NEEDED, KIND_STRING, offsetof(struct record, func) },
	{ "ifname", NEEDED, KIND_STRING, offsetof(struct record, ifname) },
	{ "ifindex", NEEDED, KIND_DEC32, offsetof(struct record, ifindex) },
	{ "netns", NEEDED, KIND_DEC32, offsetof(struct record, netns) },
	{ "len", NEEDED, KIND_DEC32, offsetof(struct record, len) },
	{ "mark", NEEDED, KIND_DEC32, offsetof(struct record, mark) },
	{ "how", NEEDED, KIND_HOW, offsetof(struct record, how) },
	{ "reason", NEEDED, KIND_STRING, offsetof(struct record, reason) },
	{ "location", NEEDED, KIND_STRING, offsetof(struct record, location) },
	{ "missed", OPTIONAL, KIND_DEC64, offsetof(struct record, missed) },
	{ "kin", OPTIONAL, KIND_DEC32, offsetof(struct record, member) },
	{ "parent", OPTIONAL, KIND_DEC32, offsetof(struct record, parent) },
	{ "kins", OPTIONAL, KIND_DEC32, offsetof(struct record, relatives) },
	{ "lost", OPTIONAL, KIND_DEC64, offsetof(struct record, lost) },
	{ "id", OPTIONAL, KIND_DEC32, offsetof(struct record, id) },
	{ "comm", OPTIONAL, KIND_STRING, offsetof(struct record, comm) },
	{ "pid", OPTIONAL, KIND_DEC32, offsetof(struct record, pid) },
	{ "proto", OPTIONAL, KIND_STRING, offsetof(struct record, proto) },
	{ "saddr", OPTIONAL, KIND_STRING, offsetof(struct record, saddr) },
	{ "sport", OPTIONAL, KIND_DEC32, offsetof(struct record, sport) },
	{ "daddr", OPTIONAL, KIND_STRING, offsetof(struct record, daddr) },
	{ "dport", OPTIONAL, KIND_DEC32, offsetof(struct record, dport) },
	{ "icmp", OPTIONAL, KIND_STRING, offsetof(struct record, icmp) },
	{ "module", OPTIONAL, KIND_STRING, offsetof(struct record, module) },
	{ "ret", OPTIONAL, KIND_STRING, offsetof(struct record, ret) },
	{ "rule", OPTIONAL, KIND_STRING, offsetof(struct record, rule) },
	{ "link", OPTIONAL, KIND_DEC32, offsetof(struct record, link_type) },
	{ "bytes", OPTIONAL, KIND_STRING, offsetof(struct record, bytes) },
	{ "stack", OPTIONAL, KIND_STRING, offsetof(struct record, stack) },
	{ "ct", OPTIONAL, KIND_STRING, offsetof(struct record, ct) },
	{ "fields", OPTIONAL, KIND_STRING, offsetof(struct record, fields) },
	{ "prog", OPTIONAL, KIND_DEC32, offsetof(struct record, prog) },
	{ "hook", OPTIONAL, KIND_STRING, offsetof(struct record, hook) },
	{ "verdict", OPTIONAL, KIND_STRING, offsetof(struct record, verdict) },
	{ "call", OPTIONAL, KIND_STRING, offsetof(struct record, call) },
	{ "fd", OPTIONAL, KIND_DEC32, offsetof(struct record, fd) },
	{ "socket", OPTIONAL, KIND_DEC32, offsetof(struct record, socket) },
};

/* Says in error what is wrong with a field. Returns -EINVAL. */
static int refuse(char error[RECORD_ERROR], const char *name,
		  const char *value, const char *why)
{
	char shown[UTF8_SHOWN];

	snprintf(error, RECORD_ERROR, "field '%s': '%s' %s", name,
		 utf8_shorten(shown, value), why);
	return -EINVAL;
}

/* The place of word in words, or the place of the NULL that ends them. */
static int find_word(const char *const words[], const char *word)
{
	int i;

	for (i = 0; words[i] && strcmp(words[i], word); i++)
		;
	return i;
}

static const char *parse_digits(struct number *n, const char *digits,
				unsigned int base)
{
	int err = digits_read(digits, base, UINT64_MAX, &n->value);

	n->known = !err;
	if (!err)
		return NULL;
	return err == -ERANGE ? "does not fit into 64 bits" : "is not a number";
}

static const char *parse_dec32(struct number *n, const char *value)
{
	const char *wrong = parse_digits(n, value, 10);

	if (!wrong && n->value > UINT32_MAX)
		return "does not fit into 32 bits";
	return wrong;
}

static const char *parse_hex64(struct number *n, const char *value)
{
	if (strncmp(value, "0x", 2))
		return "does not start with 0x";
	return parse_digits(n, value + 2, 16);
}

static const char *parse_how(enum end_how *how, const char *value)
{
	*how = find_word(record_hows, value);
	if (record_hows[*how])
		return NULL;
	return "is none of consumed, dropped, unknown, timeout";
}

/*
 * Sets the member that col is for. Returns NULL, or what is wrong with value.
 * "-" leaves the member as it is: not known.
 */
static const char *parse_field(struct record *rec, const struct column *col,
			       const char *value)
{
	void *member = (char *)rec + col->offset;

	if (!*value)
		return "is empty";
	if (!strcmp(value, "-") && col->kind != KIND_TYPE)
		return NULL;
	switch (col->kind) {
	case KIND_TYPE:
		*(enum record_type *)member = find_word(record_types, value);
		break;
	case KIND_STRING:
		*(const char **)member = value;
		break;
	case KIND_HOW:
		return parse_how(member, value);
	case KIND_DEC32:
		return parse_dec32(member, value);
	case KIND_DEC64:
		return parse_digits(member, value, 10);
	case KIND_HEX64:
		return parse_hex64(member, value);
	}
	return NULL;
}

/* Returns the name of a field that this type of record must have, or NULL. */
static const char *missing_field(const struct record *rec)
{
	if (!rec->packet.known)
		return "packet";
	if (!rec->ns.known && rec->type != RECORD_END)
		return "ns";
	if (!rec->how && rec->type == RECORD_END)
		return "how";
	if (!rec->member.known && rec->type == RECORD_DERIVED)
		return "kin";
	if (!rec->parent.known && rec->type == RECORD_DERIVED)
		return "parent";
	return NULL;
}

static int check_missing(const struct record *rec, char error[RECORD_ERROR])
{
	const char *missing = missing_field(rec);

	if (!missing)
		return 0;
	snprintf(error, RECORD_ERROR,
		 "field '%s': '-' is not enough in a record '%s'", missing,
		 record_types[rec->type]);
	return -EINVAL;
}

/* Member 0 is selected, the others are derived; a parent is there before its child. */
static int check_member(const struct record *rec, char error[RECORD_ERROR])
{
	uint64_t member = rec->member.value;

	if ((rec->type == RECORD_SELECT && member) ||
	    (rec->type == RECORD_DERIVED && !member)) {
		snprintf(error, RECORD_ERROR,
			 "field 'kin': '%" PRIu64 "' in a record '%s'", member,
			 record_types[rec->type]);
		return -EINVAL;
	}
	if (rec->type == RECORD_DERIVED && rec->parent.value >= member) {
		snprintf(error, RECORD_ERROR,
			 "field 'parent': '%" PRIu64 "' is not below '%" PRIu64
			 "', its child", rec->parent.value, member);
		return -EINVAL;
	}
	return 0;
}

int record_parse(struct record *rec, const char *const fields[COLUMNS],
		 char error[RECORD_ERROR])
{
	const char *wrong;
	int i, err;

	for (i = 0; i < COLUMNS && rec->type != RECORD_OTHER; i++) {
		wrong = parse_field(rec, &record_columns[i], fields[i]);
		if (wrong)
			return refuse(error, record_columns[i].name, fields[i],
				      wrong);
	}
	if (rec->type == RECORD_OTHER)
		return 0;
	err = check_missing(rec, error);
	return err ? err : check_member(rec, error);
}

bool record_is_extra(const struct record *rec)
{
	return rec->type == RECORD_RETURN || rec->type == RECORD_CALLEE ||
	       rec->type == RECORD_RULE;
}

bool record_same_number(struct number a, struct number b)
{
	return a.known == b.known && a.value == b.value;
}

bool record_same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

bool record_has_place(const struct record *rec)
{
	return rec->ifname || rec->netns.known;
}

bool record_same_place(const struct record *a, const struct record *b)
{
	return record_same_text(a->ifname, b->ifname) &&
	       record_same_number(a->netns, b->netns);
}

int record_by_time(const struct record *a, const struct record *b)
{
	if (a->ns.value != b->ns.value)
		return a->ns.value < b->ns.value ? -1 : 1;
	return (a->line > b->line) - (a->line < b->line);
}

void record_free(struct record *rec)
{
	if (!rec)
		return;
	free(rec->text);
	free(rec);
}
