// SPDX-License-Identifier: GPL-2.0-only
/* Packets, whole or damaged. */
#include "put.h"

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
