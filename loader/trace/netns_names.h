/* SPDX-License-Identifier: GPL-2.0-only */
/* What network namespaces are called, as notes "netns: INODE[ NAME]". */
#ifndef NETNS_NAMES_H
#define NETNS_NAMES_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

/* The namespaces whose names have been looked for; all zero at first. */
struct netns_names {
	struct named_netns *list;
	size_t count;
};

/*
 * Writes to @out the names of process 1's namespace, "init", and of those below
 * /run/netns. Where process 1 may not be looked at, its namespace is one like others.
 */
void netns_names_look(struct netns_names *names, FILE *out);

/*
 * A packet was in that namespace at @ns (CLOCK_MONOTONIC). Writes the namespace's name
 * to @out if that was not written yet: "init", the name below /run/netns, else
 * "of COMM (PID)", by the process in it with the lowest number. A name whose file has
 * gone, or has become another namespace's, is forgotten: inode numbers are used again.
 * Where there is no other name, the note ends behind INODE. Where there is no memory for
 * another namespace, nothing is written of it.
 */
void netns_names_meet(struct netns_names *names, ino_t inode, uint64_t ns,
		      FILE *out);

/*
 * A file that stands for that namespace (kernel/netns.h), which has been met; NULL: none
 * is known. It may have gone.
 */
const char *netns_names_path(const struct netns_names *names, ino_t inode);

/* Gives back all names; takes an all-zero struct, too. */
void netns_names_free(struct netns_names *names);

#endif /* NETNS_NAMES_H */
