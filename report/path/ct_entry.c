// SPDX-License-Identifier: GPL-2.0-only
#include "ct_entry.h"

#include <stdio.h>
#include <string.h>

#include "../../lib/digits.h"

const char *ct_state(const char *ct, char buf[CT_STATE_ROOM])
{
	if (!ct)
		return NULL;
	snprintf(buf, CT_STATE_ROOM, "%.*s", (int)strcspn(ct, " "), ct);
	return buf;
}

#define WHY	" why="

const char *ct_why(const char *ct)
{
	const char *why = ct ? strstr(ct, WHY) : NULL;

	return why ? why + strlen(WHY) : NULL;
}

/* The value of the word at @at, if the word is one of @name, "NAME="; else NULL. */
static const char *value_of(const char *at, const char *name)
{
	size_t len = strlen(name);

	return strncmp(at, name, len) ? NULL : at + len;
}

static bool is_word(const char *at, const char *name)
{
	size_t len = strlen(name);

	return strcspn(at, " ") == len && !strncmp(at, name, len);
}

/* A number in the text that ends at a blank; not known: it is none. */
static struct number number_of(const char *text, unsigned int base)
{
	struct number n = { .known = false };
	char digits[24];

	snprintf(digits, sizeof(digits), "%.*s", (int)strcspn(text, " "), text);
	n.known = !digits_read(digits, base, UINT32_MAX, &n.value);
	return n;
}

/* PROTOCOL/SOURCE/PORT/DESTINATION/PORT; the first "port" of ICMP is an identifier. */
static bool parse_flow(struct ct_flow *flow, const char *text)
{
	char sport[8], dport[8];
	bool is_icmp;

	if (sscanf(text, "%7[^/ ]/%45[^/ ]/%7[^/ ]/%45[^/ ]/%7[^/ ]", flow->proto,
		   flow->saddr, sport, flow->daddr, dport) != 5)
		return false;
	is_icmp = !strncmp(flow->proto, "icmp", 4);
	*(is_icmp ? &flow->id : &flow->sport) = number_of(sport, 10);
	flow->dport = number_of(dport, 10);
	return true;
}

/* One word of what is told of the entry; what is not known is passed over. */
static void parse_word(struct ct_entry *entry, const char *word)
{
	const char *value;

	if (is_word(word, "confirmed"))
		entry->is_confirmed = true;
	else if ((value = value_of(word, "zone=")))
		entry->zone = number_of(value, 10);
	else if ((value = value_of(word, "mark=0x")))
		entry->mark = number_of(value, 16);
	else if ((value = value_of(word, "original=")))
		entry->is_translated = parse_flow(&entry->original, value);
	else if ((value = value_of(word, "reply=")))
		entry->is_translated &= parse_flow(&entry->reply, value);
}

bool ct_entry_parse(struct ct_entry *entry, const char *ct)
{
	const char *word = ct ? strchr(ct, ' ') : NULL, *why = ct_why(ct);

	memset(entry, 0, sizeof(*entry));
	if (!word)
		return false;
	entry->is_reply = !strncmp(ct, "reply", 5) || !strncmp(ct, "related-reply", 13);
	for (; word && (!why || word < why); word = strchr(word + 1, ' '))
		parse_word(entry, word + 1);
	if (!*entry->reply.proto)
		entry->is_translated = false;
	return true;
}
