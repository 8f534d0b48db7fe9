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
typedef void (*spaces_fn)(ino_t inode, const char *path,
			  enum spaces_news news, const struct link *link);

/* 0 or -errno, as all below. */
int spaces_open(spaces_fn fn);
void spaces_close(void);

/* Takes in the namespace at @path and tells of its interfaces. */
int spaces_add(const char *path);

/* Takes in those below /run/netns that are new. */
void spaces_add_named(void);

/* Lets go of namespaces whose file is gone; @named: takes in new ones. */
void spaces_look(int named);

/* Waits up to @ms (-1: for ever) for news, and tells of them. */
int spaces_wait(int ms);

#endif /* SPACES_H */
