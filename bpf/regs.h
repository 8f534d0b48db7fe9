/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where an architecture's calling convention keeps a function's arguments
 * and the address it returns to, at the function's first instruction.
 * The layout of struct pt_regs is the one of uapi/asm/ptrace.h.
 */
#ifndef REGS_H
#define REGS_H

#include <linux/ptrace.h>
#include "helpers.h"

#define ARG_(n)		REGS_ARG##n
#define ARG(regs, n)	ARG__(ARG_(n), regs)
#define ARG__(get, regs) get(regs)

#if defined(ARCH_x86_64)
#define ABI_REGS	6
#define REGS_ARG1(regs)	((regs)->rdi)
#define REGS_ARG2(regs)	((regs)->rsi)
#define REGS_ARG3(regs)	((regs)->rdx)
#define REGS_ARG4(regs)	((regs)->rcx)
#define REGS_ARG5(regs)	((regs)->r8)
#define REGS_ARG6(regs)	((regs)->r9)

static always_inline __u64 regs_stack(struct pt_regs *regs)
{
	return regs->rsp;
}

#define REGS_RESULT(regs)	((regs)->rax)

/*
 * Where the return address of a function that has just returned was: below the
 * stack pointer. What returns by way of the function graph tracer (fprobe from
 * 6.14 on) gets the address of its own registers instead, which lie below it.
 */
#define RETURN_SLOTS	2

static always_inline __u64 regs_slot(struct pt_regs *regs, int n)
{
	return n ? regs->rsp + sizeof(*regs) : regs->rsp - sizeof(__u64);
}

static always_inline __u64 regs_caller(struct pt_regs *regs)
{
	__u64 caller = 0;

	read_kernel(&caller, sizeof(caller), (void *)regs->rsp);
	return caller;
}
#elif defined(ARCH_aarch64)
#define ABI_REGS	8
#define pt_regs		user_pt_regs
#define REGS_ARG1(r)	((r)->regs[0])
#define REGS_ARG2(r)	((r)->regs[1])
#define REGS_ARG3(r)	((r)->regs[2])
#define REGS_ARG4(r)	((r)->regs[3])
#define REGS_ARG5(r)	((r)->regs[4])
#define REGS_ARG6(r)	((r)->regs[5])
#define REGS_ARG7(r)	((r)->regs[6])
#define REGS_ARG8(r)	((r)->regs[7])

static always_inline __u64 regs_stack(struct pt_regs *regs)
{
	return regs->sp;
}

#define REGS_RESULT(r)	((r)->regs[0])

/* The return address is in a register; the stack is again as at the beginning. */
#define RETURN_SLOTS	1

static always_inline __u64 regs_slot(struct pt_regs *regs, int n)
{
	(void)n;
	return regs->sp;
}

static always_inline __u64 regs_caller(struct pt_regs *regs)
{
	return regs->regs[30];
}
#else
#error "bpf/regs.h knows the registers of x86_64 and aarch64 only"
#endif

#endif /* REGS_H */
