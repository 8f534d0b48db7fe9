/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Network namespaces by the path of a file that stands for one: a name below
 * /run/netns, /proc/PID/ns/net; NULL is our own (network_namespaces(7)).
 */
#ifndef NETNS_H
#define NETNS_H

#include <sys/types.h>

/*
 * Namespaces have the highest inode numbers (linux/proc_ns.h). An sk_buff
 * keeps other things than a device where its dev is while it lies in some
 * queues: what is read through it then has no such number.
 */
#define NETNS_FIRST	0xefffff00U

/* Its inode number; 0 when there is no network namespace (any more). */
ino_t netns_inode(const char *path);

/*
 * Calls open_there() in that namespace. What it returns, or -errno; -ENOTRECOVERABLE:
 * the thread cannot leave that namespace, and has said why.
 */
int netns_open(const char *path, int (*open_there)(void));

#endif /* NETNS_H */
