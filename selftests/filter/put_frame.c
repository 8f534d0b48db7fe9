// SPDX-License-Identifier: GPL-2.0-only
/* Ethernet frames and IP packets, which carry one another in tunnels. */
#include "put.h"

static uint16_t port(void)
{
	static const uint16_t ports[] = {
		7, 9, 20, 22, 53, 53, 80, 80, 443, 443, 1024, 1500, 2000, 5353,
		4789, 6081,
	};

	return one_in(8) ? random_u32() : PICK(ports);
}

uint32_t ip4_address(void)
{
	static const uint32_t addresses[] = {
		0x0a000001, 0x0a000001, 0x0a000002, 0x0a000003, 0x0a010203,
		0xc0a80107, 0xc0a80007, 0xac100001, 0xe0000001, 0xffffffff,
		0x0a0000ff, 0,
	};

	return one_in(10) ? random_u32() : PICK(addresses);
}

static void put_ip6_address(struct packet *packet)
{
	static const uint8_t addresses[][16] = {
		{ 0x20, 1, 0xd, 0xb8, [15] = 1 }, { 0x20, 1, 0xd, 0xb8, [15] = 2 },
		{ 0xfe, 0x80, [15] = 1 }, { 0xff, 2, [15] = 1 },
		{ 0x20, 1, 0xd, 0xb8, [8] = 0x80, [15] = 1 }, { 0 },
	};

	put(packet, PICK(addresses), 16);
}

static void put_tcp(struct packet *packet)
{
	static const uint8_t flags[] = { 2, 2, 18, 16, 16, 24, 17, 4, 0x20, 0xc2 };
	uint32_t words = one_in(3) ? 5 + below(11) : 5;

	put_u16(packet, port());
	put_u16(packet, port());
	put_random(packet, 8);
	put_u8(packet, words << 4);
	put_u8(packet, PICK(flags));
	put_random(packet, 6 + 4 * (words - 5));
	if (one_in(4))
		put(packet, "GET / HTTP/1.0", 14);
}

/* Also what UDP carries of tunnels: Geneve with options, VXLAN. */
static void put_udp(struct packet *packet, int depth)
{
	static const uint16_t inner[] = { 0x6558, 0x0800, 0x86dd };
	uint16_t to = port(), type = PICK(inner);
	uint32_t options = one_in(2) ? 0 : below(4);

	put_u16(packet, port());
	put_u16(packet, to);
	put_u16(packet, 8 + below(64));
	put_u16(packet, random_u32());
	if (to == 6081) {
		put_u8(packet, options | (one_in(8) ? 0x40 : 0));
		put_u8(packet, 0);
		put_u16(packet, type);
		put_u32(packet, one_in(2) ? 0x12345600 : 0x00006400);
		put_random(packet, 4 * options);
	} else if (to == 4789) {
		put_u32(packet, 0x08000000);
		put_u32(packet, 100 << 8);
		type = 0x6558;
	} else {
		return;
	}
	if (type == 0x6558)
		put_ether(packet, depth + 1);
	else
		put_network(packet, depth + 1);
}

static void put_icmp(struct packet *packet)
{
	static const uint8_t types[] = { 0, 8, 8, 3, 11, 128, 129, 135, 136 };

	put_u8(packet, PICK(types));
	put_u8(packet, below(3));
	put_random(packet, 6);
}

static void put_transport(struct packet *packet, uint8_t protocol, int depth)
{
	if (protocol == 6)
		put_tcp(packet);
	else if (protocol == 17)
		put_udp(packet, depth);
	else if (protocol == 1 || protocol == 58)
		put_icmp(packet);
	else if (protocol == 132 && one_in(2))
		put_u16(packet, 80);
	else if ((protocol == 4 || protocol == 41) && depth < 3)
		put_network(packet, depth + 1);
	else if (protocol == 2)
		put_u8(packet, 0x16);
	put_random(packet, one_in(6) ? below(1000) : below(60));
}

static const uint8_t protocols[] = {
	6, 6, 6, 6, 6, 17, 17, 17, 17, 17, 1, 1, 1, 58, 58, 2, 9, 103, 112,
	132, 132, 51, 50, 4, 41, 47, 0, 60, 255,
};

/* Extension headers, in IPv4 only AH: the type of what follows them. */
static uint8_t put_extensions(struct packet *packet, const uint8_t *types,
			      uint32_t count)
{
	static const uint8_t ends[] = { 6, 17, 58, 1, 50, 59 };
	uint8_t next = 59, units;

	for (uint32_t i = 0; i < count; i++) {
		next = i + 1 < count ? types[i + 1] : PICK(ends);
		units = one_in(3) ? below(4) : 0;
		put_u8(packet, next);
		put_u8(packet, types[i] == 44 ? 0 : units);
		if (types[i] == 44)
			put_u16(packet, one_in(2) ? 0 : 8 * below(100) + 1);
		else
			put_u16(packet, 0);
		put_random(packet, types[i] == 44 ? 4 :
			   types[i] == 51 ? 4 * (units + 2) - 4 :
					    8 * (units + 1) - 4);
	}
	return next;
}

void put_ip4(struct packet *packet, int depth)
{
	uint32_t start = packet->len, words = one_in(4) ? 5 + below(11) : 5;
	static const uint16_t fragments[] = { 0, 0x4000, 0x4000, 0x2000, 0x2064, 100 };
	static const uint8_t ttls[] = { 1, 4, 32, 64, 64, 128, 255 };
	uint8_t protocol = PICK(protocols), ah[2] = { 51, 51 };

	put_u8(packet, 0x40 | words);
	put_u8(packet, one_in(2) ? 0 : below(40));
	put_u16(packet, 0);
	put_u16(packet, random_u32());
	put_u16(packet, one_in(2) ? 0 : PICK(fragments));
	put_u8(packet, PICK(ttls));
	put_u8(packet, protocol);
	put_u16(packet, random_u32());
	put_u32(packet, ip4_address());
	put_u32(packet, ip4_address());
	put_random(packet, 4 * (words - 5));
	if (protocol == 51)
		protocol = put_extensions(packet, ah, 1 + below(2));
	put_transport(packet, protocol, depth);
	packet->bytes[start + 2] = (packet->len - start) >> 8;
	packet->bytes[start + 3] = packet->len - start;
}

void put_ip6(struct packet *packet, int depth)
{
	static const uint8_t kinds[] = { 0, 43, 44, 60, 51 };
	uint8_t types[6], protocol = PICK(protocols);
	uint32_t start = packet->len, count = one_in(2) ? 0 : below(7);

	for (uint32_t i = 0; i < count; i++)
		types[i] = PICK(kinds);
	put_u32(packet, 0x60000000 | below(1 << 20));
	put_u16(packet, 0);
	put_u8(packet, count ? types[0] : protocol);
	put_u8(packet, below(255));
	put_ip6_address(packet);
	put_ip6_address(packet);
	if (count)
		protocol = put_extensions(packet, types, count);
	put_transport(packet, protocol, depth);
	packet->bytes[start + 4] = (packet->len - start - 40) >> 8;
	packet->bytes[start + 5] = packet->len - start - 40;
}

void put_network(struct packet *packet, int depth)
{
	if (one_in(2))
		put_ip4(packet, depth);
	else
		put_ip6(packet, depth);
}

static void put_mac(struct packet *packet)
{
	static const uint8_t macs[][6] = {
		{ 2, 0, 0, 0, 0, 1 }, { 2, 0, 0, 0, 0, 2 },
		{ 2, 0, 0, 0, 0, 3 }, { 255, 255, 255, 255, 255, 255 },
		{ 1, 0, 0x5e, 0, 0, 1 }, { 0x33, 0x33, 0, 0, 0, 1 },
		{ 1, 0x80, 0xc2, 0, 0, 0 }, { 0xab, 0, 0, 0, 0, 7 },
	};

	put(packet, PICK(macs), 6);
}

static void put_arp(struct packet *packet)
{
	put_u16(packet, 1);
	put_u16(packet, 0x0800);
	put_u16(packet, 0x0604);
	put_u16(packet, 1 + below(4));
	put_mac(packet);
	put_u32(packet, ip4_address());
	put_mac(packet);
	put_u32(packet, ip4_address());
}

static void put_mpls(struct packet *packet, int depth)
{
	static const uint32_t labels[] = { 100, 100, 1024, 0, 2 };
	uint32_t count = 1 + below(3);

	for (uint32_t i = 1; i <= count; i++)
		put_u32(packet, PICK(labels) << 12 | (i == count) << 8 | 64);
	put_network(packet, depth);
}

static void put_pppoe(struct packet *packet, int depth)
{
	int version4 = one_in(2);

	put_u16(packet, 0x1100);
	put_u16(packet, one_in(2) ? 0x27 : random_u32());
	put_u16(packet, random_u32());
	put_u16(packet, version4 ? 0x21 : 0x57);
	if (version4)
		put_ip4(packet, depth);
	else
		put_ip6(packet, depth);
}

/* IEEE 802.3: a length, then an LLC header, or what Novell put there. */
static void put_llc(struct packet *packet)
{
	static const uint8_t saps[] = { 0x42, 0xfe, 0xfe, 0xfe, 0xe0, 0xf0, 0xaa, 0xff };
	static const uint8_t controls[] = {
		0x03, 0x03, 0x01, 0x05, 0x09, 0x00, 0x63, 0x43, 0x6f, 0xe3,
		0xaf, 0x87,
	};
	static const uint8_t osi[] = { 0x81, 0x82, 0x83 };
	static const uint8_t isis[] = { 15, 16, 17, 18, 20, 24, 25, 26, 27 };
	static const uint16_t snaps[] = { 0x809b, 0x80f3, 0x0800, 0x8137 };
	uint8_t sap = PICK(saps);

	put_u16(packet, one_in(4) ? 1500 : 20 + below(100));
	put_u8(packet, sap);
	put_u8(packet, one_in(8) ? random_u32() : sap);
	put_u8(packet, PICK(controls));
	if (sap == 0xfe) {
		put_u8(packet, PICK(osi));
		put_random(packet, 3);
		put_u8(packet, PICK(isis));
	} else if (sap == 0xaa) {
		put_u16(packet, one_in(2) ? 0 : 0x0800);
		put_u8(packet, one_in(2) ? 0 : 7);
		put_u16(packet, PICK(snaps));
	}
	put_random(packet, below(60));
}

static void put_other(struct packet *packet)
{
	static const uint16_t types[] = {
		0x8863, 0x6003, 0x6004, 0x6001, 0x6002, 0x6007, 0x809b, 0x80f3,
		0x8137, 0x88cc, 0x888e, 0x9000, 0x05dc, 0x05dd,
	};
	uint16_t type = PICK(types);

	put_u16(packet, type);
	if (type == 0x6003 && one_in(2)) {
		put_u16(packet, 0x1400);
		put_u8(packet, one_in(2) ? 0x02 : 0x0e);
		put_u32(packet, 0x02040204);
	}
	put_random(packet, below(80));
}

static void put_payload(struct packet *packet, int depth)
{
	switch (below(16)) {
	default:
		put_u16(packet, 0x0800);
		return put_ip4(packet, depth);
	case 7: case 8: case 9: case 10: case 11:
		put_u16(packet, 0x86dd);
		return put_ip6(packet, depth);
	case 12:
		put_u16(packet, one_in(4) ? 0x8035 : 0x0806);
		return put_arp(packet);
	case 13:
		if (one_in(2)) {
			put_u16(packet, 0x8847);
			return put_mpls(packet, depth);
		}
		put_u16(packet, 0x8864);
		return put_pppoe(packet, depth);
	case 14:
		return put_llc(packet);
	case 15:
		return put_other(packet);
	}
}

void put_ether(struct packet *packet, int depth)
{
	static const uint16_t tpids[] = { 0x8100, 0x8100, 0x8100, 0x88a8, 0x9100 };
	static const uint16_t tags[] = { 100, 100, 200, 0, 0x6064, 0xe0c8, 7 };
	uint32_t count = one_in(3) ? 1 + below(3) : 0;

	put_mac(packet);
	put_mac(packet);
	while (count--) {
		put_u16(packet, PICK(tpids));
		put_u16(packet, PICK(tags));
	}
	if (depth < 3)
		put_payload(packet, depth);
}
