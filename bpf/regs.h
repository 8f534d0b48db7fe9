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

/*
 * The registers with which a program has entered the kernel, at @regs: how many bytes
 * they have; the number of its system call, less than 0: it is none; its arguments;
 * whether the call has returned already; whether it is one of 32 bits (TS_COMPAT).
 */
static always_inline __u64 entry_size(void)
{
	return sizeof(struct pt_regs);
}

static always_inline __s32 entry_number(__u64 regs)
{
	return read_u64(regs, __builtin_offsetof(struct pt_regs, orig_rax));
}

static always_inline __u64 entry_first(__u64 regs)
{
	return read_u64(regs, __builtin_offsetof(struct pt_regs, rdi));
}

static always_inline __u64 entry_third(__u64 regs)
{
	return read_u64(regs, __builtin_offsetof(struct pt_regs, rdx));
}

/* Until then it is -ENOSYS (entry_SYSCALL_64 in arch/x86/entry/entry_64.S). */
static always_inline int entry_has_returned(__u64 regs)
{
	return read_u64(regs, __builtin_offsetof(struct pt_regs, rax)) != (__u64)-38;
}

static always_inline int entry_is_compat(__u64 regs, __u64 task)
{
	(void)regs;
	return read_u32(task, OFFSET(task_struct, thread_info__status)) & 2;
}

/*
 * uapi/asm/unistd_64.h. A call that sends by a descriptor: write, writev, connect, sendto,
 * sendmsg; most packets come by one of these.
 */
#define NR_SPLICE	275
#define NR_SENDS	(1ULL << 1 | 1ULL << 20 | 1ULL << 42 | 1ULL << 44 | 1ULL << 46)

static always_inline int entry_sends(__s32 number)
{
	return number < 64 && (NR_SENDS >> number & 1);
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

/* As above. Behind struct user_pt_regs come the first argument and the call's number. */
#define ORIG_X0		sizeof(struct pt_regs)
#define SYSCALLNO	(ORIG_X0 + 8)
#define MODE		0x1f	/* uapi/asm/ptrace.h: PSR_MODE32_BIT and PSR_MODE_MASK */
#define MODE_COMPAT	0x10

/* Of 5.10, where alone it is asked for: exit_rcu is the last member. */
static always_inline __u64 entry_size(void)
{
	return OFFSET(pt_regs, exit_rcu) + 8;
}

static always_inline __s32 entry_number(__u64 regs)
{
	return read_u32(regs, SYSCALLNO);
}

static always_inline __u64 entry_first(__u64 regs)
{
	return read_u64(regs, ORIG_X0);
}

static always_inline __u64 entry_third(__u64 regs)
{
	return read_u64(regs, __builtin_offsetof(struct pt_regs, regs[2]));
}

/* The result takes the place of the first argument. */
static always_inline int entry_has_returned(__u64 regs)
{
	return read_u64(regs, 0) != entry_first(regs);
}

static always_inline int entry_is_compat(__u64 regs, __u64 task)
{
	(void)task;
	return (read_u32(regs, __builtin_offsetof(struct pt_regs, pstate)) & MODE) ==
	       MODE_COMPAT;
}

/* uapi/asm-generic/unistd.h */
#define NR_SPLICE	76

static always_inline int entry_sends(__s32 number)
{
	return number == 64 || number == 66 || number == 203 || number == 206 ||
	       number == 211;
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
