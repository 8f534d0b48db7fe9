/* SPDX-License-Identifier: GPL-2.0-only */
/* Packets of every kind that filter expressions tell apart, made by hand. */
#ifndef PACKETS_H
#define PACKETS_H

#include <stdint.h>

#define PACKET_MAX	2048	/* bytes */

struct packet {
	uint32_t len;
	uint8_t bytes[PACKET_MAX];
};

/*
 * Makes packet number @n, an Ethernet frame of at least 15 bytes: the same
 * number, the same packet. Some are cut off, some have a few wrong bytes,
 * some are nothing but random bytes.
 */
void packet_make(uint32_t n, struct packet *packet);

#endif /* PACKETS_H */
