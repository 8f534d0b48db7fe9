/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A part of the kernel's memory that is ours to write: structures that programs
 * of bpf/ read, with numbers that tell all of them apart. It is the value of a
 * map; the running kernel's BTF says where members lie.
 */
#ifndef FAKE_H
#define FAKE_H

#include <stdint.h>

/* What there is, each at a page of its own. */
enum fake {
	FAKE_SKB,		/* struct sk_buff … */
	FAKE_OTHER,		/* … and one more */
	FAKE_DEV,		/* net_device "fake0": Ethernet, index 11, */
	FAKE_ROUTE_DEV,		/* "fakeroute": no link layer, index 12, */
	FAKE_NET,		/* in the namespace 4026539999, … */
	FAKE_ROUTE_NET,		/* … and in 4026538888 */
	FAKE_SOCK_NET,		/* 4026537777 */
	FAKE_DST,		/* dst_entry: by FAKE_ROUTE_DEV */
	FAKE_SOCK,		/* sock, of FAKE_SOCK_NET and the user 1001 */
	FAKE_HEAD,		/* memory of the sk_buff: headers and data */
	FAKE_STACK,		/* where functions return to */
	FAKE_OWN,		/* of the test, … */
	FAKES = FAKE_OWN + 7	/* … so many */
};

#define FAKE_SIZE	4096	/* bytes of each */

/* The kernel's address of it, and ours. */
uint64_t fake_addr(enum fake fake);
void *fake_bytes(enum fake fake);

/*
 * All anew: the sk_buff has a frame of 100 bytes, number n at byte n, at byte 64
 * of its memory, mark 0x5eed, the device FAKE_DEV, and has arrived at index 9. It
 * keeps no headers' places.
 */
void fake_reset(void);

/* Writes a member of @size bytes. */
void fake_set(enum fake fake, const char *strct, const char *member, int size,
	      uint64_t value);

/* The kernel's address of a member; a bit field gets a value. */
uint64_t fake_member(enum fake fake, const char *strct, const char *member);
void fake_set_bits(enum fake fake, const char *strct, const char *member,
		   uint64_t value);

/* fake_set() for a member of struct sk_buff of FAKE_SKB. */
void fake_skb(const char *member, int size, uint64_t value);

/*
 * FAKE_OTHER becomes an original of TCP and, behind it, its clone, which is like
 * FAKE_SKB and in use; the clone's address.
 */
uint64_t fake_clone(void);

/* Where the kernel's stack of this thread begins: not fake at all. */
uint64_t fake_stack(void);

#endif /* FAKE_H */
