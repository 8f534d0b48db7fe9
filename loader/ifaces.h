/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The interfaces on which the classifier was attached. A program of tc cannot
 * read a device's name, so a selection comes with its index alone.
 */
#ifndef IFACES_H
#define IFACES_H

#include "../bpf/bpfpath.h"

/*
 * Reads the driver's notes (scripts/hooks.sh), lines of
 * NETNS_INODE NETNS_PATH IFNAME IFINDEX …. 0 or -errno, and has said why.
 */
int ifaces_open(const char *path);
void ifaces_free(void);

/* Fills in name and namespace of the event's ifindex, if it is one of ours. */
void ifaces_name(struct event *event);

#endif /* IFACES_H */
