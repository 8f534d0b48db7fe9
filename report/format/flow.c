// SPDX-License-Identifier: GPL-2.0-only
#include "flow.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define FIRST_SHORT	32768	/* port: of the default of ip_local_port_range */
#define END_ROOM	80	/* an address and a port, bytes */

/* A port stands behind an IPv6 address in brackets (RFC 5952, section 6). */
static void format_end(char buf[END_ROOM], const char *address,
		       struct number port)
{
	if (!port.known)
		snprintf(buf, END_ROOM, "%s", address);
	else
		snprintf(buf, END_ROOM,
			 strchr(address, ':') ? "[%s]:%" PRIu64 :
						"%s:%" PRIu64,
			 address, port.value);
}

const char *flow_format(char buf[FLOW_ROOM], const struct record *rec)
{
	char from[END_ROOM], to[END_ROOM];

	if (!rec->saddr || !rec->daddr)
		return NULL;
	format_end(from, rec->saddr, rec->sport);
	format_end(to, rec->daddr, rec->dport);
	snprintf(buf, FLOW_ROOM, "%s > %s", from, to);
	return buf;
}

const char *flow_lasting(char buf[FLOW_ROOM], const struct record *rec)
{
	struct record lasting = *rec;

	lasting.sport.known = rec->sport.known && rec->sport.value < FIRST_SHORT;
	lasting.dport.known = rec->dport.known && rec->dport.value < FIRST_SHORT;
	return flow_format(buf, &lasting);
}

/* ICMP: RFC 792; ICMPv6: RFC 4443. NULL: it is no echo. */
static const char *echo_name(const char *proto, unsigned int type)
{
	bool six = !strcmp(proto, "icmp6");

	if (type == (six ? 128 : 8))
		return "echo request";
	if (type == (six ? 129 : 0))
		return "echo reply";
	return NULL;
}

static void describe_icmp(char buf[FLOW_ROOM], const struct record *rec)
{
	unsigned int type, code, id, sequence;
	const char *echo;

	if (sscanf(rec->icmp, "%u/%u/%u/%u", &type, &code, &id,
		   &sequence) != 4) {
		snprintf(buf, FLOW_ROOM, "%s", rec->proto);
		return;
	}
	echo = echo_name(rec->proto, type);
	if (echo)
		snprintf(buf, FLOW_ROOM, "%s %s, id %u, sequence %u",
			 rec->proto, echo, id, sequence);
	else
		snprintf(buf, FLOW_ROOM, "%s type %u, code %u", rec->proto,
			 type, code);
}

/* Names of protocols that records have as numbers (IANA); NULL: not here. */
static const char *protocol_name(const char *number)
{
	static const struct {
		const char *number, *name;
	} names[] = {
		{ "2", "igmp" }, { "4", "ipip" }, { "41", "ipv6" },
		{ "47", "gre" }, { "50", "esp" }, { "51", "ah" },
		{ "89", "ospf" }, { "103", "pim" }, { "112", "vrrp" },
		{ "115", "l2tp" }, { "132", "sctp" },
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(names[i].number, number))
			return names[i].name;
	return NULL;
}

const char *flow_describe(char buf[FLOW_ROOM], const struct record *rec)
{
	const char *name = rec->proto ? protocol_name(rec->proto) : NULL;

	if (!rec->proto)
		return NULL;
	if (rec->icmp)
		describe_icmp(buf, rec);
	else if (name)
		snprintf(buf, FLOW_ROOM, "%s (protocol %s)", name, rec->proto);
	else if (strspn(rec->proto, "0123456789") == strlen(rec->proto))
		snprintf(buf, FLOW_ROOM, "protocol %s", rec->proto);
	else
		snprintf(buf, FLOW_ROOM, "%s", rec->proto);
	return buf;
}

bool flow_is_same(const struct record *a, const struct record *b)
{
	return record_same_text(a->saddr, b->saddr) &&
	       record_same_text(a->daddr, b->daddr) &&
	       record_same_number(a->sport, b->sport) &&
	       record_same_number(a->dport, b->dport);
}
