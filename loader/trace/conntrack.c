// SPDX-License-Identifier: GPL-2.0-only
#include "conntrack.h"

#include <arpa/inet.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "../lib/control.h"
#include "../lib/flow_text.h"

#define TEMPLATE	(1U << 11)	/* IPS_TEMPLATE */

/* Of the kernel's own numbers; that of an exempt packet is not in all headers. */
static const char *const states[] = {
	[IP_CT_ESTABLISHED] = "established",
	[IP_CT_RELATED] = "related",
	[IP_CT_NEW] = "new",
	[IP_CT_ESTABLISHED_REPLY] = "reply",
	[IP_CT_RELATED_REPLY] = "related-reply",
	[7] = "untracked",
};

#define STATES	(sizeof(states) / sizeof(*states))

/* Into @out, @at bytes of which are filled; returns how many are then. */
static size_t __attribute__((format(printf, 3, 4)))
add(char out[CONNTRACK_LEN], size_t at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	at += vsnprintf(out + at, CONNTRACK_LEN - at, format, args);
	va_end(args);
	return at;
}

static size_t add_end(char out[CONNTRACK_LEN], size_t at, uint16_t l3num,
		      const uint8_t *address, bool has_port, uint16_t port)
{
	char text[INET6_ADDRSTRLEN];

	inet_ntop(l3num == NFPROTO_IPV6 ? AF_INET6 : AF_INET, address, text,
		  sizeof(text));
	at = add(out, at, "/%s", text);
	return has_port ? add(out, at, "/%u", ntohs(port)) : add(out, at, "/-");
}

/* PROTOCOL/SOURCE/PORT/DESTINATION/PORT */
static size_t add_tuple(char out[CONNTRACK_LEN], size_t at, const char *name,
			const struct ct_tuple *tuple)
{
	const struct flow flow = {
		.version = 4, .proto = tuple->proto,
		.sport = tuple->sport, .dport = tuple->dport,
	};
	bool icmp = tuple->proto == IPPROTO_ICMP || tuple->proto == IPPROTO_ICMPV6;
	bool ports = flow_has_ports(&flow);
	char proto[FLOW_PROTO_LEN];

	at = add(out, at, " %s=%s", name, flow_proto(&flow, proto));
	at = add_end(out, at, tuple->l3num, tuple->saddr, ports || icmp,
		     tuple->sport);
	return add_end(out, at, tuple->l3num, tuple->daddr, ports, tuple->dport);
}

static bool is_known(const struct ct_tuple *tuple)
{
	return tuple->l3num == NFPROTO_IPV4 || tuple->l3num == NFPROTO_IPV6;
}

/* What is to be said of the entry behind the state. */
static void add_entry(char out[CONNTRACK_LEN], size_t at, const struct event *event)
{
	uint32_t status = event->ct >> CT_STATUS_SHIFT;

	if (status & IPS_CONFIRMED)
		at = add(out, at, " confirmed");
	if (event->ct_zone)
		at = add(out, at, " zone=%u", event->ct_zone);
	if (event->ct_mark)
		at = add(out, at, " mark=0x%x", event->ct_mark);
	if (!(status & IPS_NAT_MASK) || !is_known(&event->tuples[0]) ||
	    !is_known(&event->tuples[1]))
		return;
	at = add_tuple(out, at, "original", &event->tuples[0]);
	add_tuple(out, at, "reply", &event->tuples[1]);
}

const char *conntrack_text(const struct event *event, char out[CONNTRACK_LEN])
{
	uint32_t what = event->ct & ((1U << CT_STATUS_SHIFT) - 1);
	uint32_t status = event->ct >> CT_STATUS_SHIFT, state = what - CT_STATE;
	size_t at;

	if (what == CT_NONE || status & TEMPLATE)
		return "none";
	if (what < CT_STATE || state >= STATES || !states[state])
		return "-";
	at = add(out, 0, "%s%s%s", states[state],
		 status & IPS_SRC_NAT ? ",snat" : "",
		 status & IPS_DST_NAT ? ",dnat" : "");
	add_entry(out, at, event);
	return out;
}

/* The letter that ends a conversion of printf(3), of those that conntrack's words have. */
static size_t conversion_len(const char *at)
{
	size_t len = 1 + strspn(at + 1, "0123456789.lh");

	return at[len] ? len + 1 : len;
}

/* The kernel's words, which are a format: without the numbers, and on one line. */
static const char *words(const struct ct_event *ct, char out[CONNTRACK_WHY_LEN])
{
	char format[CT_WORDS_LEN + 1] = "";
	const char *from = format;
	size_t at = 0;

	memcpy(format, ct->words, CT_WORDS_LEN);
	while (*from && at + 4 < CONNTRACK_WHY_LEN) {
		if (*from == '%') {
			at += sprintf(out + at, "…");
			from += conversion_len(from);
		} else {
			out[at++] = is_control(format, from - format) ? ' ' : *from;
			from++;
		}
	}
	while (at && out[at - 1] == ' ')
		at--;
	out[at] = '\0';
	return at ? out : "it does not say why";
}

const char *conntrack_why(const struct ct_event *ct, char out[CONNTRACK_WHY_LEN])
{
	switch (ct->said) {
	case CT_SAID_INVALID:
		return words(ct, out);
	case CT_SAID_NO_START:
		return "no connection begins so";
	case CT_SAID_RESOLVED:
		return "clash: another packet was first, and its entry is taken";
	case CT_SAID_CLASH:
		return "clash: another packet was first, whose entry cannot be taken";
	case CT_SAID_UNCONFIRMED:
		return "the entry does not get into the table";
	}
	return "-";
}
