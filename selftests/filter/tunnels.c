// SPDX-License-Identifier: GPL-2.0-only
#include "put.h"
#include "tunnels.h"

#define ETHER_LEN	14

/* What stands between the outer IP header and the inner packet. */
struct kind {
	const char *name;
	uint8_t protocol;
	uint16_t port;		/* UDP's destination; 0: no UDP */
	enum tunnel_inner inner;
	uint8_t len;
	uint8_t bytes[20];
};

static const struct kind kinds[TUNNEL_KINDS] = {
	{ "ipip", 4, 0, TUNNEL_L3, 0, {} },
	{ "sit", 41, 0, TUNNEL_L3, 0, {} },
	{ "gre", 47, 0, TUNNEL_L3, 4, { 0, 0, 8 } },
	{ "gre of ethernet", 47, 0, TUNNEL_ETHER, 4, { 0, 0, 0x65, 0x58 } },
	{ "gre with a key", 47, 0, TUNNEL_L3, 8, { 0x20, 0, 0x86, 0xdd } },
	{ "gre with all", 47, 0, TUNNEL_ETHER, 16, { 0xb0, 0, 0x65, 0x58 } },
	{ "gre of version 1", 47, 0, TUNNEL_NOTHING, 4, { 0, 1, 8 } },
	{ "gre of something", 47, 0, TUNNEL_NOTHING, 4, { 0, 0, 0x88, 0x0b } },
	{ "vxlan", 17, 4789, TUNNEL_ETHER, 8, { 8, 0, 0, 0, 0, 0, 100 } },
	{ "vxlan at 8472", 17, 8472, TUNNEL_ETHER, 8, { 0x88 } },
	{ "vxlan without number", 17, 4789, TUNNEL_NOTHING, 8, {} },
	{ "vxlan elsewhere", 17, 4788, TUNNEL_NOTHING, 8, { 8 } },
	{ "geneve", 17, 6081, TUNNEL_ETHER, 8, { 0, 0, 0x65, 0x58 } },
	{ "geneve with options", 17, 6081, TUNNEL_ETHER, 20,
	  { 3, 0x40, 0x65, 0x58 } },
	{ "geneve of ip", 17, 6081, TUNNEL_L3, 8, { 0, 0, 8 } },
	{ "gue", 17, 6080, TUNNEL_L3, 4, { 0, 4 } },
	{ "gue with fields", 17, 6080, TUNNEL_L3, 12, { 2, 41 } },
	{ "gue of gre", 17, 6080, TUNNEL_ETHER, 8, { 0, 47, 0, 0, 0, 0, 0x65, 0x58 } },
	{ "gue, control", 17, 6080, TUNNEL_NOTHING, 4, { 0x20, 4 } },
	{ "gue of udp", 17, 6080, TUNNEL_NOTHING, 4, { 0, 17 } },
};

const char *tunnel_name(uint32_t kind)
{
	return kinds[kind].name;
}

static void put_zeros(struct packet *packet, uint32_t len)
{
	while (len--)
		put(packet, "", 1);
}

/* @tags VLAN tags. */
static void put_outer_ether(struct packet *packet, uint32_t tags, int version)
{
	put(packet, (uint8_t[12]){ 2, [5] = 1, 2, [11] = 2 }, 12);
	while (tags--) {
		put_u16(packet, tags ? 0x88a8 : 0x8100);
		put_u16(packet, 100);
	}
	put_u16(packet, version == 4 ? 0x0800 : 0x86dd);
}

/* @words 32-bit words of options; the total length is left open. */
static void put_outer_ip4(struct packet *packet, uint32_t words,
			  uint8_t protocol)
{
	put(packet, (uint8_t[20]){ 0x45 + words, [8] = 64, protocol,
				   [12] = 10, [15] = 1, 10, [19] = 2 }, 20);
	put_zeros(packet, 4 * words);
}

/* With @count extension headers: destination options, then a fragment's. */
static void put_outer_ip6(struct packet *packet, uint32_t count,
			  uint8_t protocol)
{
	put(packet, (uint8_t[40]){ 0x60, [6] = count ? 60 : protocol, 64,
				   0xfe, 0x80, [39] = 2 }, 40);
	if (count)
		put(packet, (uint8_t[16]){ count > 1 ? 44 : protocol, 1 }, 16);
	if (count > 1)
		put(packet, (uint8_t[8]){ protocol, 0, 0, 1 }, 8);
}

/* The length, now that the end is known. */
static void set_length(struct packet *packet, uint32_t ip, int version,
		       uint32_t end)
{
	uint32_t len = end - ip - (version == 4 ? 0 : 40);
	uint8_t *field = packet->bytes + ip + (version == 4 ? 2 : 4);

	field[0] = len >> 8;
	field[1] = len;
}

enum tunnel_inner tunnel_make(uint32_t kind, uint32_t n,
			      const struct packet *inner, struct packet *outer,
			      uint32_t *offset, uint32_t *end)
{
	const struct kind *tunnel = &kinds[kind];
	uint32_t skip = tunnel->inner == TUNNEL_L3 ? ETHER_LEN : 0, ip;
	int version = n & 1 ? 6 : 4;

	outer->len = 0;
	put_outer_ether(outer, n / 2 % 3, version);
	ip = outer->len;
	if (version == 4)
		put_outer_ip4(outer, n / 6 % 3, tunnel->protocol);
	else
		put_outer_ip6(outer, n / 6 % 3, tunnel->protocol);
	if (tunnel->port) {
		put_u16(outer, 40000);
		put_u16(outer, tunnel->port);
		put_zeros(outer, 4);
	}
	put(outer, tunnel->bytes, tunnel->len);
	*offset = outer->len;
	put(outer, inner->bytes + skip, inner->len - skip);
	*end = outer->len;
	if (n % 5 == 2 && *end > *offset + 1)
		*end -= n / 5 % (*end - *offset - 1);
	set_length(outer, ip, version, *end);
	return tunnel->inner;
}
