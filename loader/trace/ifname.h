/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IFNAME_H
#define IFNAME_H

#include <stdint.h>

/*
 * Writes the name that interface @ifindex has by now in the network namespace for which
 * the file @netns stands, IF_NAMESIZE characters at most. 0 or -errno; -ENOENT where
 * @netns is NULL.
 */
int ifname_in(const char *netns, uint32_t ifindex, char *name);

#endif /* IFNAME_H */
