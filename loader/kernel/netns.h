/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Network namespaces, each by the path of a file that stands for it: a name below
 * /run/netns, or /proc/PID/ns/net; NULL is our own (network_namespaces(7)).
 */
#ifndef NETNS_H
#define NETNS_H

#include <sys/types.h>

/*
 * Namespaces have the highest inode numbers (linux/proc_ns.h). While an sk_buff lies in
 * some queues its member dev holds no device: a number that is read through it then is
 * below this one.
 */
#define NETNS_FIRST	0xefffff00U

/* The inode number of a namespace; 0: there is none (any more) at @path. */
ino_t netns_inode(const char *path);

/*
 * Calls open_there(@ctx) in that namespace. Returns what that returns, or -errno;
 * -ENOTRECOVERABLE: the thread cannot leave that namespace, and has said why.
 */
int netns_open(const char *path, int (*open_there)(void *ctx), void *ctx);

/* This thread is in that namespace from here on. 0 or -errno. */
int netns_enter(const char *path);

#endif /* NETNS_H */
