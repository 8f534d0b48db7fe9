// SPDX-License-Identifier: GPL-2.0-only
/* Ethernet frames, and what they carry but for IP. */
#include "put.h"

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

/* What no sender means: cut off, or with wrong bytes. */
static void damage(struct packet *packet)
{
	if (one_in(4) && packet->len > 15)
		packet->len = 15 + below(packet->len - 15);
	if (one_in(8))
		for (int i = below(4); i >= 0; i--)
			packet->bytes[below(packet->len)] = random_u32();
}

void packet_make(uint32_t n, struct packet *packet)
{
	random_begin((n + 1) * 0x9e3779b97f4a7c15ULL);
	random_u32();
	packet->len = 0;
	if (n % 16 == 15)
		put_random(packet, 15 + below(200));
	else
		put_ether(packet, 0);
	while (packet->len < 15)
		put_u8(packet, 0);
	damage(packet);
}
