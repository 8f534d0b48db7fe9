/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers in the kernel's memory; 0 where it cannot be read. */
#ifndef READ_H
#define READ_H

#include "constants.h"
#include "helpers.h"

#define STACK_SIZE	(16 << 10)	/* bytes of a task's stack */

/* Is that address one of the stack that begins at @base? */
static always_inline int is_on_stack(__u64 at, __u64 base)
{
	return at >= base && at < base + STACK_SIZE;
}

/*
 * An address as a number: the verifier no longer knows to what it points, and takes any
 * arithmetic with it. It forgets what a stack slot holds when a byte of it is written:
 * so the lowest byte is written again.
 */
static always_inline __u64 address_of(const void *at)
{
	__u64 number = 0;

	asm volatile("r0 = %1\n"
		     "*(u64 *)(%2 + 0) = r0\n"
		     "w0 = w0\n"
		     "*(u8 *)(%2 + %3) = r0\n"
		     "%0 = *(u64 *)(%2 + 0)"
		     : "=r"(number)
		     : "r"(at), "r"(&number), "i"(to_be16(1) == 1 ? 7 : 0)
		     : "r0", "memory");
	return number;
}

static always_inline __u64 read_u64(__u64 base, __u64 offset)
{
	__u64 value = 0;

	read_kernel(&value, sizeof(value), (void *)(base + offset));
	return value;
}

static always_inline __u32 read_u32(__u64 base, __u64 offset)
{
	__u32 value = 0;

	read_kernel(&value, sizeof(value), (void *)(base + offset));
	return value;
}

static always_inline __u16 read_u16(__u64 base, __u64 offset)
{
	__u16 value = 0;

	read_kernel(&value, sizeof(value), (void *)(base + offset));
	return value;
}

static always_inline __u8 read_u8(__u64 base, __u64 offset)
{
	__u8 value = 0;

	read_kernel(&value, sizeof(value), (void *)(base + offset));
	return value;
}

/*
 * A bit field of struct @s, out of @word, the 64 bits in which the field lies;
 * READ_BITS() reads these from the struct at @base.
 */
#define PICK_BITS(word, s, m)	\
	((word) >> BIT(s, m) % 64 & ((1ULL << WIDTH(s, m)) - 1))
#define READ_BITS(base, s, m)	\
	PICK_BITS(read_u64(base, BIT(s, m) / 64 * 8), s, m)

/* Argument @n, from 1, of a trampoline's program (fentry, fexit), or its result. */
static always_inline __u64 nth(const __u64 *args, int n)
{
	return read_u64((__u64)args, (n - 1) * 8);
}

#endif /* READ_H */
