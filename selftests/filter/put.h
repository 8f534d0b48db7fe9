/* SPDX-License-Identifier: GPL-2.0-only */
/* What packets are put together from: random numbers, and bytes behind the last one. */
#ifndef PUT_H
#define PUT_H

#include "packets.h"

#define LEN(array)	(sizeof(array) / sizeof(*(array)))
#define PICK(array)	((array)[below(LEN(array))])

/* From here on all numbers are those of @seed, which is not 0. */
void random_begin(uint64_t seed);
uint32_t random_u32(void);

/* One from 0 to @end - 1; whether it is 0. */
uint32_t below(uint32_t end);
int one_in(uint32_t n);

/* Bytes at the end of the packet, as many as there is room for; numbers in network order. */
void put(struct packet *packet, const void *bytes, uint32_t len);
void put_u8(struct packet *packet, uint8_t value);
void put_u16(struct packet *packet, uint16_t value);
void put_u32(struct packet *packet, uint32_t value);
void put_random(struct packet *packet, uint32_t len);

/* An IPv4 address, in host order: one of few, or any. */
uint32_t ip4_address(void);

/*
 * An IP packet, of any version or of this one, at the end; an Ethernet frame. @depth: in
 * how many others it is.
 */
void put_network(struct packet *packet, int depth);
void put_ip4(struct packet *packet, int depth);
void put_ip6(struct packet *packet, int depth);
void put_ether(struct packet *packet, int depth);

#endif /* PUT_H */
