/* SPDX-License-Identifier: GPL-2.0-only */
/* System calls of this architecture, by their numbers. */
#ifndef SYSCALLS_H
#define SYSCALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SYSCALL_NAME_LEN	32

/*
 * Puts the call's name into text, "sendto", or "syscall_N" where it is none that is
 * known to send, receive or close, and returns text.
 */
const char *syscall_name(uint32_t number, char text[SYSCALL_NAME_LEN]);

/* Is the first argument of the call the descriptor that it works on, or one of two? */
bool syscall_has_fd(uint32_t number);

#endif /* SYSCALLS_H */
