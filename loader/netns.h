/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Network namespaces by the path of a file that stands for one: a name below
 * /run/netns, /proc/PID/ns/net; NULL is our own (network_namespaces(7)).
 */
#ifndef NETNS_H
#define NETNS_H

#include <sys/types.h>

/* Its inode number; 0 when there is no network namespace (any more). */
ino_t netns_inode(const char *path);

/* Calls open_there() in that namespace. What it returns, or -errno. */
int netns_open(const char *path, int (*open_there)(void));

#endif /* NETNS_H */
