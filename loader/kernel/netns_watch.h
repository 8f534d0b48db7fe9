/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The interfaces of many network namespaces, as they come and go. A socket keeps its
 * namespace alive, so it is closed when the file by which the namespace was found is
 * gone.
 */
#ifndef NETNS_WATCH_H
#define NETNS_WATCH_H

#include <sys/types.h>

#include "netdevs.h"

enum netns_news {
	NETNS_THERE,	/* the interface is there, appeared, or has another name */
	NETNS_GONE,	/* it was removed, or moved elsewhere */
	NETNS_LEFT,	/* the file by which the namespace was known is gone */
};

/*
 * Is called for each interface, perhaps twice with NETNS_THERE. @path: of the
 * namespace, NULL: our own.
 */
typedef void (*netns_watch_fn)(void *ctx, ino_t inode, const char *path,
			  enum netns_news news, const struct netdev *netdev);

struct watch {
	struct followed_netns *first;
	netns_watch_fn tell;
	void *ctx;
	int epoll;
	int err;		/* -errno that ends it: no memory, caught in a namespace */
};

/*
 * Starts a watch that calls @fn with @ctx. 0 or -errno, as all below;
 * netns_watch_close() is to follow in each case.
 */
int netns_watch_open(struct watch *watch, netns_watch_fn fn, void *ctx);
void netns_watch_close(struct watch *watch);

/* Takes in the namespace at @path and tells of its interfaces. */
int netns_watch_add(struct watch *watch, const char *path);

/* Takes in namespaces below /run/netns that are new; passes over other files. */
int netns_watch_add_named(struct watch *watch);

/* Lets go of namespaces whose file is gone; @named: takes in new ones. */
int netns_watch_look(struct watch *watch, int named);

/* Waits up to @ms (-1: for ever) for news, and tells of them. */
int netns_watch_wait(struct watch *watch, int ms);

#endif /* NETNS_WATCH_H */
