/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The interfaces of many network namespaces, as they come and go. What is
 * followed here does not keep a namespace alive for long: it is let go when the
 * file that it was found by is gone.
 */
#ifndef SPACES_H
#define SPACES_H

#include <sys/types.h>

#include "links.h"

enum spaces_news {
	SPACES_THERE,	/* the interface is there, appeared, or has another name */
	SPACES_GONE,	/* it was removed, or moved elsewhere */
	SPACES_LEFT,	/* the namespace has no file that it was known by any more */
};

/*
 * Told of each interface; it may be told twice that one is there. @path of the
 * namespace, NULL: our own.
 */
typedef void (*spaces_fn)(void *ctx, ino_t inode, const char *path,
			  enum spaces_news news, const struct link *link);

struct spaces {
	struct followed_netns *first;
	spaces_fn tell;
	void *ctx;
	int epoll;
	int err;		/* what ends it: no memory, lost in a namespace */
};

/*
 * Has @fn called with @ctx. 0 or -errno, as all below: then spaces_close() is to follow,
 * too.
 */
int spaces_open(struct spaces *spaces, spaces_fn fn, void *ctx);
void spaces_close(struct spaces *spaces);

/* Takes in the namespace at @path and tells of its interfaces. */
int spaces_add(struct spaces *spaces, const char *path);

/* Takes in those below /run/netns that are new; files that are none are passed over. */
int spaces_add_named(struct spaces *spaces);

/* Lets go of namespaces whose file is gone; @named: takes in new ones. */
int spaces_look(struct spaces *spaces, int named);

/* Waits up to @ms (-1: for ever) for news, and tells of them. */
int spaces_wait(struct spaces *spaces, int ms);

#endif /* SPACES_H */
