/* SPDX-License-Identifier: GPL-2.0-only */
/* The words of the column "ct" of a record (Documentation/records.md). */
#ifndef PATH_CT_ENTRY_H
#define PATH_CT_ENTRY_H

#include "../input/record.h"

#define CT_STATE_ROOM	64	/* for a state, bytes; what is longer is cut */
#define CT_PROTO_ROOM	8
#define CT_ADDRESS_ROOM	46

/* A direction of a connection, as its packets come to conntrack. */
struct ct_flow {
	char proto[CT_PROTO_ROOM];
	char saddr[CT_ADDRESS_ROOM], daddr[CT_ADDRESS_ROOM];
	struct number sport, dport;	/* not known: it has none */
	struct number id;		/* of an ICMP message */
};

/* What is known of a packet's entry in conntrack. */
struct ct_entry {
	bool is_confirmed;	/* it is in conntrack's table */
	struct number zone, mark;	/* not known: none, or not told */
	bool is_translated;	/* … and there are: */
	struct ct_flow original, reply;
	bool is_reply;		/* the packet goes in the direction of replies */
};

/* The state in @ct, which may be NULL, without what is told of the entry. */
const char *ct_state(const char *ct, char buf[CT_STATE_ROOM]);

/* What conntrack has said of the packet, in @ct, which may be NULL; NULL: nothing. */
const char *ct_why(const char *ct);

/* Fills @entry with what @ct tells of one. Returns false where it tells nothing. */
bool ct_entry_parse(struct ct_entry *entry, const char *ct);

#endif /* PATH_CT_ENTRY_H */
