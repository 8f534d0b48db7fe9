/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The interfaces of a network namespace, and what becomes of them: rtnetlink(7).
 * A socket belongs to the namespace in which it was opened, and keeps it alive.
 */
#ifndef NETDEVS_H
#define NETDEVS_H

#include <stdint.h>

struct netdev {
	int index;
	unsigned int type;	/* ARPHRD_… of <linux/if_arp.h> */
	const char *name;
	const char *kind;	/* of a virtual device, as ip-link(8) has it; NULL: none */
	int lower;		/* index of the one that it stands on; 0: none, or it is
				   in another namespace */
	uint32_t xdp;		/* the id of a program of XDP there; 0: none */
	int gone;		/* it was removed, or moved elsewhere */
};

typedef void (*netdev_fn)(void *ctx, const struct netdev *netdev);

/*
 * How packets begin on a device of that type, at the hooks of tc: "ether",
 * "l3" (at the network header), or NULL: in another way.
 */
const char *netdev_form(unsigned int type);

/* Opens a socket in this namespace that hears of every change. It or -errno. */
int netdevs_open(void);

/* Asks for all interfaces there are. 0; -EBUSY: the answer to an earlier call comes. */
int netdevs_ask(int fd);

/*
 * Waits for one datagram and hands its interfaces to fn(). 1 when the datagram ends an
 * answer, otherwise 0. -ENOBUFS: some were lost, so ask again.
 */
int netdevs_read(int fd, netdev_fn fn, void *ctx);

/* The same for @len bytes in @data, aligned for a struct nlmsghdr. */
int netdevs_parse(const void *data, int len, netdev_fn fn, void *ctx);

#endif /* NETDEVS_H */
