/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which arguments of a function are packets, and where a probe finds them:
 * C counts arguments by position, a probe counts registers. Both count from 1,
 * and 0 stands for "nowhere".
 */
#ifndef ARGS_H
#define ARGS_H

#include <stdint.h>

#include "../lib/abi.h"
#include "btf.h"

/*
 * How arguments are passed. A value of up to 8 bytes takes a register, one of
 * up to 16 bytes two. A larger one lies on the stack (x86-64), or a register
 * points to it (arm64). Where a value needs two registers and one is left, x86-64
 * keeps that one for the arguments that follow, arm64 does not.
 * System V ABI for AMD64, section 3.2.3; Procedure Call Standard for the Arm
 * 64-bit Architecture, section 6.8.2. Packed structs and floats, which the
 * kernel does not pass, are not told apart.
 */
enum convention {
	CALL_X86_64,
	CALL_ARM64,
	CALL_TRACEPOINT,	/* raw: each argument is one of the context's */
};

#if defined(__aarch64__)
#define CALL_NATIVE CALL_ARM64
#else
#define CALL_NATIVE CALL_X86_64
#endif

#define ARGS_MAX 8		/* registers, in the convention with the most */

struct args {
	int count;		/* packets that are in registers */
	struct {
		int position;
		int reg;
		int deref;	/* 1: it is a struct sk_buff ** */
	} packets[ARGS_MAX];
	int reason;		/* register of an enum skb_drop_reason */
	int location;		/* … of a void *: a tracepoint's caller */
};

/*
 * Looks through prototype @proto (a FUNC_PROTO's id). A tracepoint's first
 * argument is not counted. Returns the number of packets.
 */
int args_find(const struct btf *btf, uint32_t proto, enum convention convention,
	      struct args *args);

/* The kind of the argument at @position, and the register *reg that has it. */
enum btf_arg args_at(const struct btf *btf, uint32_t proto,
		     enum convention convention, int position, int *reg);

#endif /* ARGS_H */
