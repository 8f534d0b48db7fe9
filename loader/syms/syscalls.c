// SPDX-License-Identifier: GPL-2.0-only
#include "syscalls.h"

#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

struct syscall {
	uint32_t number;
	bool has_fd;
	const char *name;
};

#define FD(name)	{ __NR_##name, true, #name }
#define NO_FD(name)	{ __NR_##name, false, #name }

/*
 * The calls in which packets are made, read, or thrown away: on sockets, on all files,
 * and those that end, or move, what has sockets or interfaces. Some are of one
 * architecture alone.
 */
static const struct syscall calls[] = {
	FD(accept), FD(accept4), FD(bind), FD(connect), FD(getpeername), FD(getsockname),
	FD(getsockopt), FD(listen), FD(recvfrom), FD(recvmmsg), FD(recvmsg), FD(sendmmsg),
	FD(sendmsg), FD(sendto), FD(setsockopt), FD(shutdown),
	FD(close), FD(dup3), FD(fcntl), FD(ioctl), FD(preadv), FD(preadv2), FD(pread64),
	FD(pwritev), FD(pwritev2), FD(pwrite64), FD(read), FD(readv), FD(sendfile),
	FD(splice), FD(tee), FD(vmsplice), FD(write), FD(writev),
	FD(io_uring_enter), FD(setns),
	NO_FD(bpf), NO_FD(clone), NO_FD(clone3), NO_FD(close_range), NO_FD(execve),
	NO_FD(execveat), NO_FD(exit), NO_FD(exit_group), NO_FD(epoll_ctl),
	NO_FD(epoll_pwait), NO_FD(io_submit), NO_FD(io_uring_register), NO_FD(kill),
	NO_FD(mmap), NO_FD(mount), NO_FD(munmap), NO_FD(nanosleep), NO_FD(clock_nanosleep),
	NO_FD(futex), NO_FD(ppoll), NO_FD(pselect6), NO_FD(socket), NO_FD(socketpair),
	NO_FD(umount2), NO_FD(unshare), NO_FD(wait4), NO_FD(rt_sigreturn),
	NO_FD(restart_syscall),
#ifdef __NR_epoll_pwait2
	NO_FD(epoll_pwait2),
#endif
#ifdef __NR_dup2
	FD(dup2),
#endif
#ifdef __NR_epoll_wait
	NO_FD(epoll_wait),
#endif
#ifdef __NR_fork
	NO_FD(fork), NO_FD(vfork),
#endif
#ifdef __NR_poll
	NO_FD(poll), NO_FD(select),
#endif
};

static const struct syscall *find(uint32_t number)
{
	size_t i;

	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if (calls[i].number == number)
			return &calls[i];
	return NULL;
}

const char *syscall_name(uint32_t number, char text[SYSCALL_NAME_LEN])
{
	const struct syscall *call = find(number);

	if (call)
		snprintf(text, SYSCALL_NAME_LEN, "%s", call->name);
	else
		snprintf(text, SYSCALL_NAME_LEN, "syscall_%u", number);
	return text;
}

bool syscall_has_fd(uint32_t number)
{
	const struct syscall *call = find(number);

	return call && call->has_fd;
}
