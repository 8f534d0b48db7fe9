// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "put.h"

static uint64_t random_state;

void random_begin(uint64_t seed)
{
	random_state = seed;
}

/* xorshift64*: any good numbers do, as long as they are always the same. */
uint32_t random_u32(void)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return random_state * 0x2545f4914f6cdd1dULL >> 32;
}

uint32_t below(uint32_t end)
{
	return random_u32() % end;
}

int one_in(uint32_t n)
{
	return !below(n);
}

void put(struct packet *packet, const void *bytes, uint32_t len)
{
	if (packet->len + len > PACKET_MAX)
		len = PACKET_MAX - packet->len;
	memcpy(packet->bytes + packet->len, bytes, len);
	packet->len += len;
}

void put_u8(struct packet *packet, uint8_t value)
{
	put(packet, &value, 1);
}

void put_u16(struct packet *packet, uint16_t value)
{
	put_u8(packet, value >> 8);
	put_u8(packet, value);
}

void put_u32(struct packet *packet, uint32_t value)
{
	put_u16(packet, value >> 16);
	put_u16(packet, value);
}

void put_random(struct packet *packet, uint32_t len)
{
	while (len--)
		put_u8(packet, one_in(3) ? 0 : random_u32());
}
