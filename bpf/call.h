/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the thread does that an event tells of: the system call that it is in, and the
 * socket of the call's descriptor.
 */
#ifndef CALL_H
#define CALL_H

#include "bpfpath.h"
#include "constants.h"
#include "helpers.h"
#include "process.h"
#include "read.h"
#include "regs.h"

#define S_IFMT		0170000		/* linux/stat.h */
#define S_IFSOCK	0140000

/* The struct inode of descriptor @fd of the running thread; 0: it has none. */
static always_inline __u64 inode_of(__u64 task, __u32 fd)
{
	__u64 files = read_u64(task, OFFSET(task_struct, files));
	__u64 table = files ? read_u64(files, OFFSET(files_struct, fdt)) : 0;
	__u64 file;

	if (!table || fd >= read_u32(table, OFFSET(fdtable, max_fds)))
		return 0;
	file = read_u64(read_u64(table, OFFSET(fdtable, fd)), 8 * (__u64)fd);
	return file ? read_u64(file, OFFSET(file, f_inode)) : 0;
}

/* Its inode number, if it is a socket; else 0. */
static always_inline __u32 socket_of(__u64 task, __u32 fd)
{
	__u64 inode = OFFSET(file, f_inode) ? inode_of(task, fd) : 0;

	if (!inode || (read_u16(inode, OFFSET(inode, i_mode)) & S_IFMT) != S_IFSOCK)
		return 0;
	return read_u64(inode, OFFSET(inode, i_ino));
}

/*
 * The call, and its first argument, as if that were a descriptor: user space knows of
 * which calls it is. While the thread goes back to its program, what is left is done of
 * the call, as the end of what it has closed; but also what io_uring had begun before.
 * One end of splice() is a pipe: of the other one is told. The socket by which a packet is
 * sent is told where that begins: to look for it costs as much as all else.
 */
static always_inline void tell_entry(struct event *event, __u64 task)
{
	__u64 regs = entry_regs(task);
	__s32 number = entry_number(regs);

	if ((number < 0 || entry_has_returned(regs)) && has_io_uring(task))
		return;
	if (number < 0) {
		event->call = CALL_INTERRUPT;
		return;
	}
	if (entry_is_compat(regs, task)) {
		event->call = CALL_COMPAT;
		return;
	}
	if (number >= CALL_NUMBERS)
		return;
	event->call = CALL_NUMBER + number;
	event->fd = entry_first(regs);
	if (event->seq && entry_sends(number))
		return;
	event->socket = socket_of(task, event->fd);
	if (number == NR_SPLICE && !event->socket) {
		event->fd = entry_third(regs);
		event->socket = socket_of(task, event->fd);
	}
}

/*
 * Tells what the thread does. @stack: an address of the stack in use; 0: it is not known.
 * A classifier may not ask for the thread, but knows whether the packet was made here:
 * its first step tells the rest.
 */
static always_inline void tell_call(struct event *event, __u64 stack)
{
#ifndef CLASSIFIER
	__u64 task = bpf_get_current_task();
	__u32 flags;

	if (!OFFSET(task_struct, flags) || !stack)
		return;
	flags = read_u32(task, OFFSET(task_struct, flags));
	if (!is_on_own_stack(task, stack))
		event->call = CALL_INTERRUPT;
	else if (flags & PF_KTHREAD)
		event->call = CALL_KERNEL;
	else if (flags & PF_IO_WORKER)
		event->call = CALL_IO_URING;
	else if (flags & PF_USER_WORKER)
		event->call = CALL_KERNEL;
	else if (flags & PF_EXITING)
		event->call = CALL_EXIT;
	else
		tell_entry(event, task);
#else
	(void)stack;
	if (event->hook == HOOK_EGRESS && OFFSET(sk_buff, skb_iif) &&
	    !read_u32(event->skb, OFFSET(sk_buff, skb_iif)))
		event->call = CALL_LOCAL;
#endif
}

#endif /* CALL_H */
