/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers in the kernel's memory; 0 where it cannot be read. */
#ifndef READ_H
#define READ_H

#include "helpers.h"

#define STACK_SIZE	(16 << 10)	/* bytes of a task's stack */

/* Is that address one of the stack that begins at @base? */
static always_inline int is_on_stack(__u64 at, __u64 base)
{
	return at >= base && at < base + STACK_SIZE;
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

/* Argument @n, from 1, of a trampoline's program (fentry, fexit), or its result. */
static always_inline __u64 nth(const __u64 *args, int n)
{
	return read_u64((__u64)args, (n - 1) * 8);
}

#endif /* READ_H */
