/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where an architecture's calling convention keeps a function's arguments
 * and the address it returns to, at the function's first instruction.
 * struct pt_regs is as in each architecture's uapi/asm/ptrace.h. These files are not
 * included: any machine makes the objects for all architectures.
 */
#ifndef REGS_H
#define REGS_H

#include "helpers.h"
#include "read.h"

#define ARG_(n)		REGS_ARG##n
#define ARG(regs, n)	ARG__(ARG_(n), regs)
#define ARG__(get, regs) get(regs)

#if defined(ARCH_x86_64)
struct pt_regs {
	__u64 r15, r14, r13, r12, rbp, rbx, r11, r10, r9, r8;
	__u64 rax, rcx, rdx, rsi, rdi, orig_rax, rip, cs, eflags, rsp, ss;
};

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

/* What tells a call from all others that have not returned, where it begins, … */
static always_inline __u64 regs_call(struct pt_regs *regs)
{
	return regs->rsp;
}

#define REGS_RESULT(regs)	((regs)->rax)

/*
 * … and where it has just returned: where its return address was, below the
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
/* The struct user_pt_regs of uapi/asm/ptrace.h, which struct pt_regs begins with. */
struct pt_regs {
	__u64 regs[31], sp, pc, pstate;
};

#define ABI_REGS	8
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

/*
 * What tells a call from all others that have not returned, where it begins and
 * where it has just returned: its caller's frame record (arm64 kernels have frame
 * pointers, and a frame waits for one call at a time). The stack pointer is not known
 * for what returns by way of the function graph tracer (return_to_handler in
 * arch/arm64/kernel/entry-ftrace.S, fprobe from 6.14 on).
 */
static always_inline __u64 regs_call(struct pt_regs *regs)
{
	return regs->regs[29];
}

#define RETURN_SLOTS	1

static always_inline __u64 regs_slot(struct pt_regs *regs, int n)
{
	(void)n;
	return regs_call(regs);
}

static always_inline __u64 regs_caller(struct pt_regs *regs)
{
	return regs->regs[30];
}
#else
#error "bpf/regs.h knows the registers of x86_64 and aarch64 only"
#endif

/*
 * Register @n, from 1; 0: there is none. The verifier lets nobody index the registers,
 * nor load them at an address that the compiler has put together.
 */
#define CASE(n)						\
	case n:						\
		return read_u64((__u64)&ARG(regs, n), 0)

hidden __u64 reg(struct pt_regs *regs, __u32 n)
{
	switch (n) {
	CASE(1);
	CASE(2);
	CASE(3);
	CASE(4);
	CASE(5);
	CASE(6);
#if ABI_REGS > 6
	CASE(7);
	CASE(8);
#endif
	}
	return 0;
}

#undef CASE

#endif /* REGS_H */
