/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Does a thread do this for itself, or has an interrupt come between? And if it has
 * entered the kernel by a system call, by which?
 */
#ifndef PROCESS_H
#define PROCESS_H

#include "constants.h"
#include "helpers.h"
#include "read.h"
#include "regs.h"

#define SOFTIRQ_SERVED	(1 << 8)	/* SOFTIRQ_OFFSET (include/linux/preempt.h) */

/* task_struct.flags (include/linux/sched.h) */
#define PF_EXITING	0x4
#define PF_IO_WORKER	0x10		/* from 5.12 on; before, they are kernel threads */
#define PF_USER_WORKER	0x4000		/* from 6.4 on: vhost's, io_uring's */
#define PF_KTHREAD	0x200000

/*
 * An interrupt works on a stack of its own, but for softirqs of arm64 before 6.2, where
 * the thread has the count that tells, and of PREEMPT_RT, where the task has it; and but
 * for what interrupts a program, see has_called(). @task: struct task_struct of the
 * thread that runs; @stack: an address of the stack in use.
 */
static always_inline int is_on_own_stack(__u64 task, __u64 stack)
{
	__u32 count = 0;

	if (!is_on_stack(stack, read_u64(task, OFFSET(task_struct, stack))))
		return 0;
	if (OFFSET(task_struct, thread_info__preempt_count))
		count = read_u32(task, OFFSET(task_struct, thread_info__preempt_count));
	if (OFFSET(task_struct, softirq_disable_cnt))
		count |= read_u32(task, OFFSET(task_struct, softirq_disable_cnt));
	return !(count & SOFTIRQ_SERVED);
}

/*
 * Where the registers lie with which the running thread entered the kernel
 * (task_pt_regs()); before 5.15 no helper tells.
 */
static always_inline __u64 entry_regs(__u64 task)
{
	if (VALUE(has_task_regs))
		return address_of(bpf_task_pt_regs(bpf_get_current_task_btf()));
	return read_u64(task, OFFSET(task_struct, stack)) + STACK_SIZE - entry_size();
}

static always_inline int has_io_uring(__u64 task)
{
	return OFFSET(task_struct, io_uring) &&
	       read_u64(task, OFFSET(task_struct, io_uring));
}

/*
 * Is the thread, on its own stack, there by its own doing? What interrupts a program
 * begins on the program's empty kernel stack (call_on_irqstack_cond() of x86), without a
 * system call; but so may go on what io_uring has begun before.
 */
static always_inline int has_called(__u64 task)
{
	__u32 flags = read_u32(task, OFFSET(task_struct, flags));

	return flags & (PF_KTHREAD | PF_IO_WORKER | PF_USER_WORKER | PF_EXITING) ||
	       entry_number(entry_regs(task)) >= 0 || has_io_uring(task);
}

static always_inline int is_in_process(__u64 task, __u64 stack)
{
	return is_on_own_stack(task, stack) && has_called(task);
}

#endif /* PROCESS_H */
