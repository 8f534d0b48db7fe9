// SPDX-License-Identifier: GPL-2.0-only
#include "headers.h"
#include "../../lib/hex.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <net/if_arp.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

/* pcap-linktype(7) */
#define LINKTYPE_ETHERNET	1
#define LINKTYPE_RAW	101
#define TYPE_IP4	0x0800
#define TYPE_ARP	0x0806
#define TYPE_VLAN	0x8100
#define TYPE_QINQ	0x88a8
#define TYPE_IP6	0x86dd
#define TCP_SYN		0x02
#define TCP_RST		0x04
#define TCP_ACK		0x10
#define ND_SOLICIT	135	/* types of ICMPv6 (RFC 4861) */
#define ND_ADVERTISE	136
#define MOST		256	/* bytes that are looked at */

/* What is left of the bytes. */
struct bytes {
	const uint8_t *at;
	size_t left;
};

static bool skip(struct bytes *b, size_t count)
{
	if (b->left < count)
		return false;
	b->at += count;
	b->left -= count;
	return true;
}

/* Numbers in packets have the byte of the greatest value first. */
static uint32_t get16(const uint8_t *at)
{
	return at[0] << 8 | at[1];
}

static uint32_t get32(const uint8_t *at)
{
	return get16(at) << 16 | get16(at + 2);
}

/* Comes to what the link-layer header announces; 0: that is not known. */
static uint32_t link_type(struct bytes *b, const struct record *rec)
{
	uint32_t type;

	if (rec->link_type.value == LINKTYPE_RAW)
		return !b->left ? 0 : b->at[0] >> 4 == 4 ? TYPE_IP4 : TYPE_IP6;
	if (rec->link_type.value != LINKTYPE_ETHERNET || !skip(b, 12))
		return 0;
	do {
		if (b->left < 4)
			return 0;
		type = get16(b->at);
		skip(b, type == TYPE_VLAN || type == TYPE_QINQ ? 4 : 2);
	} while (type == TYPE_VLAN || type == TYPE_QINQ);
	return type;
}

/* Comes to the TCP header, if it is the first one behind IP's. */
static bool find_tcp(struct bytes *b, uint32_t type)
{
	if (b->left < 20)
		return false;
	if (type == TYPE_IP4)	/* RFC 791: no later fragment */
		return b->at[9] == IPPROTO_TCP && !(get16(b->at + 6) & 0x1fff) &&
		       skip(b, (b->at[0] & 0xf) * 4);
	return type == TYPE_IP6 && b->at[6] == IPPROTO_TCP && skip(b, 40);
}

/* "SYN ACK, sequence 1, acknowledges 2" (RFC 9293). NULL: it is cut off. */
static const char *describe_tcp(char buf[HEADERS_ROOM], const struct bytes *b)
{
	static const char *const names[] = {
		"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"
	};
	size_t i, len = 0;

	if (b->left < 14)
		return NULL;
	for (i = 0; i < 8; i++)
		if (b->at[13] & 1 << i)
			len += snprintf(buf + len, HEADERS_ROOM - len, "%s%s",
					len ? " " : "", names[i]);
	if (!len)
		len = snprintf(buf, HEADERS_ROOM, "no flags");
	len += snprintf(buf + len, HEADERS_ROOM - len, ", sequence %" PRIu32,
			get32(b->at + 4));
	if (b->at[13] & 1 << 4)
		snprintf(buf + len, HEADERS_ROOM - len,
			 ", acknowledges %" PRIu32, get32(b->at + 8));
	return buf;
}

/* ARP for IPv4 on Ethernet (RFC 826). NULL: it is something else. */
static const char *describe_arp(char buf[HEADERS_ROOM], const struct bytes *b)
{
	char from[INET_ADDRSTRLEN], to[INET_ADDRSTRLEN];
	const uint8_t *mac = b->at + 8;

	if (b->left < 28 || get16(b->at + 2) != TYPE_IP4 || b->at[4] != 6)
		return NULL;
	inet_ntop(AF_INET, b->at + 14, from, sizeof(from));
	inet_ntop(AF_INET, b->at + 24, to, sizeof(to));
	if (get16(b->at + 6) == ARPOP_REQUEST)
		snprintf(buf, HEADERS_ROOM, "ARP, who-has %s tell %s", to,
			 from);
	else if (get16(b->at + 6) == ARPOP_REPLY)
		snprintf(buf, HEADERS_ROOM, "ARP, %s is-at "
			 "%02x:%02x:%02x:%02x:%02x:%02x", from, mac[0], mac[1],
			 mac[2], mac[3], mac[4], mac[5]);
	else
		return NULL;
	return buf;
}

/* The first bytes of a record; returns what stands behind the link layer. */
static uint32_t take_bytes(struct bytes *b, uint8_t bytes[MOST],
			   const struct record *rec)
{
	*b = (struct bytes){ .at = bytes };
	if (!rec->bytes)
		return 0;
	b->left = hex_read(bytes, MOST, rec->bytes);
	return link_type(b, rec);
}

const char *headers_describe(char buf[HEADERS_ROOM], const struct record *rec)
{
	uint8_t bytes[MOST];
	struct bytes b;
	uint32_t type = take_bytes(&b, bytes, rec);

	if (type == TYPE_ARP)
		return describe_arp(buf, &b);
	return find_tcp(&b, type) ? describe_tcp(buf, &b) : NULL;
}

/* Who asks by ARP, and for whom. */
static bool ask_arp(char key[HEADERS_ROOM], bool *reply, const struct bytes *b)
{
	char from[INET_ADDRSTRLEN], to[INET_ADDRSTRLEN];
	uint32_t what;

	if (b->left < 28 || get16(b->at + 2) != TYPE_IP4 || b->at[4] != 6)
		return false;
	what = get16(b->at + 6);
	*reply = what == ARPOP_REPLY;
	inet_ntop(AF_INET, b->at + (*reply ? 24 : 14), from, sizeof(from));
	inet_ntop(AF_INET, b->at + (*reply ? 14 : 24), to, sizeof(to));
	snprintf(key, HEADERS_ROOM, "arp %s %s", from, to);
	return *reply || what == ARPOP_REQUEST;
}

/* The same by neighbour discovery; b is behind the IPv6 header. */
static bool ask_neighbour(char key[HEADERS_ROOM], bool *reply,
			  const struct record *rec, const struct bytes *b)
{
	char target[INET6_ADDRSTRLEN];

	if (b->left < 24 || !rec->saddr || !rec->daddr)
		return false;
	*reply = b->at[0] == ND_ADVERTISE;
	inet_ntop(AF_INET6, b->at + 8, target, sizeof(target));
	snprintf(key, HEADERS_ROOM, "nd %s %s",
		 *reply ? rec->daddr : rec->saddr, target);
	return *reply || b->at[0] == ND_SOLICIT;
}

/* A SYN and its SYN-ACK, which acknowledges the next sequence number. */
static bool ask_tcp(char key[HEADERS_ROOM], bool *reply,
		    const struct record *rec, const struct bytes *b)
{
	unsigned int flags;

	if (b->left < 14 || !rec->saddr || !rec->daddr)
		return false;
	flags = b->at[13];
	if (!(flags & TCP_SYN) || flags & TCP_RST)
		return false;
	*reply = flags & TCP_ACK;
	snprintf(key, HEADERS_ROOM, "syn %s %u %s %u %" PRIu32,
		 *reply ? rec->daddr : rec->saddr,
		 get16(b->at + (*reply ? 2 : 0)),
		 *reply ? rec->saddr : rec->daddr,
		 get16(b->at + (*reply ? 0 : 2)),
		 *reply ? get32(b->at + 8) - 1 : get32(b->at + 4));
	return true;
}

bool headers_question(char key[HEADERS_ROOM], bool *reply,
		      const struct record *rec)
{
	uint8_t bytes[MOST];
	struct bytes b;
	uint32_t type = take_bytes(&b, bytes, rec);

	if (type == TYPE_ARP)
		return ask_arp(key, reply, &b);
	if (type == TYPE_IP6 && b.left >= 40 && b.at[6] == IPPROTO_ICMPV6)
		return skip(&b, 40) && ask_neighbour(key, reply, rec, &b);
	return find_tcp(&b, type) && ask_tcp(key, reply, rec, &b);
}
