/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * FNV-1a of 64 bits, by Fowler, Noll and Vo. The hash of something long can be made in
 * parts: each continues the hash of those before.
 */
#ifndef HASH_H
#define HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_START	0xcbf29ce484222325	/* of nothing */

/* Continues hash by size bytes. */
static inline uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size)
{
	const unsigned char *at = bytes;

	while (size--)
		hash = (hash ^ *at++) * 0x100000001b3;
	return hash;
}

/* Continues hash by a string and the NUL that ends it. */
static inline uint64_t hash_string(uint64_t hash, const char *s)
{
	do
		hash = (hash ^ (unsigned char)*s) * 0x100000001b3;
	while (*s++);
	return hash;
}

#endif /* HASH_H */
