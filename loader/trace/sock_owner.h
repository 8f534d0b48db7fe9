/* SPDX-License-Identifier: GPL-2.0-only */
/* Whose a socket is. */
#ifndef SOCK_OWNER_H
#define SOCK_OWNER_H

#include <stddef.h>
#include <stdint.h>

/*
 * Writes "to an AF_XDP socket of process NAME (PID)" of the socket with that inode number: of
 * the first process in /proc that has it open, of several. What is not known is left out.
 */
void sock_owner_text(uint32_t inode, char *text, size_t size);

#endif /* SOCK_OWNER_H */
