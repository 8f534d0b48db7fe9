// SPDX-License-Identifier: GPL-2.0-only
#include "spaces.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "../../lib/grow.h"
#include "netns.h"

#define NAMED	"/run/netns"

/* An interface that was told of. */
struct known {
	int index;
	int stale;		/* perhaps it is gone, or another one by now */
	char name[IF_NAMESIZE];
};

struct followed_netns {
	struct followed_netns *next;
	struct spaces *all;
	ino_t inode;
	char *path;		/* NULL: our own */
	int fd;
	int asking;		/* an answer is on its way … */
	int again;		/* … and is out of date */
	int seen;
	struct known *known;
	size_t count;
};

static struct known *find_known(const struct followed_netns *space, int index)
{
	for (size_t i = 0; i < space->count; i++)
		if (space->known[i].index == index)
			return space->known + i;
	return NULL;
}

/* NULL: no memory. */
static struct known *add_known(struct followed_netns *space, int index)
{
	void *grown = grow(space->known, space->count, sizeof(*space->known));

	if (!grown)
		return NULL;
	space->known = grown;
	space->known[space->count] = (struct known){ .index = index };
	return space->known + space->count++;
}

/* Tells that it is not to be seen any more. */
static void tell_gone(const struct followed_netns *space, enum spaces_news news,
		      const struct known *known)
{
	const struct link link = { .index = known->index, .name = known->name };

	space->all->tell(space->all->ctx, space->inode, space->path, news,
			 &link);
}

static void forget(struct followed_netns *space, struct known *known)
{
	tell_gone(space, SPACES_GONE, known);
	*known = space->known[--space->count];
}

static void see_link(void *ctx, const struct link *link)
{
	struct followed_netns *space = ctx;
	struct known *known = find_known(space, link->index);
	int same;

	if (link->gone) {
		if (known)
			forget(space, known);
		return;
	}
	if (!known)
		known = add_known(space, link->index);
	if (!known) {
		space->all->err = -ENOMEM;
		return;
	}
	same = !known->stale &&
	       !strncmp(known->name, link->name, sizeof(known->name) - 1);
	known->stale = 0;
	if (same)
		return;
	snprintf(known->name, sizeof(known->name), "%s", link->name);
	space->all->tell(space->all->ctx, space->inode, space->path,
			 SPACES_THERE, link);
}

static void make_stale(struct followed_netns *space)
{
	for (size_t i = 0; i < space->count; i++)
		space->known[i].stale = 1;
	space->again = 1;
}

/* All that are there have been told of. */
static void end_answer(struct followed_netns *space)
{
	space->asking = 0;
	for (size_t i = space->count; !space->again && i-- > 0;)
		if (space->known[i].stale)
			forget(space, &space->known[i]);
}

static int space_ask(struct followed_netns *space)
{
	int err = links_ask(space->fd);

	space->asking = !err;
	space->again = 0;
	return err;
}

/*
 * One datagram. After a loss all that is known may be wrong: an interface that
 * was told of may be another one by now.
 */
static int space_read(struct followed_netns *space)
{
	int ret = links_read(space->fd, see_link, space);

	if (ret == -ENOBUFS)
		make_stale(space);
	else if (ret == 1)
		end_answer(space);
	else if (ret)
		return ret;
	if (space->all->err)
		return space->all->err;
	return space->again && !space->asking ? space_ask(space) : 0;
}

static void space_free(struct followed_netns *space)
{
	if (space->fd >= 0)
		close(space->fd);
	free(space->path);
	free(space->known);
	free(space);
}

/* NULL: no memory. */
static struct followed_netns *space_new(struct spaces *all, ino_t inode,
					const char *path)
{
	struct followed_netns *space = calloc(1, sizeof(*space));

	if (!space)
		return NULL;
	space->all = all;
	space->inode = inode;
	space->seen = 1;
	space->fd = -1;
	space->path = path ? strdup(path) : NULL;
	if (path && !space->path) {
		space_free(space);
		return NULL;
	}
	return space;
}

/* Opens its socket and tells of the interfaces that are there. */
static int space_open(struct followed_netns *space)
{
	struct epoll_event news = { .events = EPOLLIN, .data.ptr = space };
	int err;

	space->fd = netns_open(space->path, links_open);
	if (space->fd == -ENOTRECOVERABLE)
		space->all->err = space->fd;
	if (space->fd < 0)
		return space->fd;
	if (epoll_ctl(space->all->epoll, EPOLL_CTL_ADD, space->fd, &news))
		return -errno;
	err = space_ask(space);
	while (!err && space->asking)
		err = space_read(space);
	return err;
}

/* One that is known has perhaps lost the name that it had. */
static int space_meet(struct followed_netns *space, const char *path)
{
	char *copy;

	if (space->seen)
		return 0;
	copy = strdup(path);
	if (!copy)
		return -ENOMEM;
	free(space->path);
	space->path = copy;
	space->seen = 1;
	return 0;
}

static struct followed_netns *find_space(const struct spaces *spaces,
					 ino_t inode)
{
	struct followed_netns *space = spaces->first;

	while (space && space->inode != inode)
		space = space->next;
	return space;
}

/*
 * Inode numbers are used again, but not while a socket of ours is in that
 * namespace.
 */
int spaces_add(struct spaces *spaces, const char *path)
{
	ino_t inode = netns_inode(path);
	struct followed_netns *space;
	int err;

	if (!inode)
		return -ENOENT;
	space = find_space(spaces, inode);
	if (space)
		return space_meet(space, path);
	space = space_new(spaces, inode, path);
	if (!space) {
		spaces->err = -ENOMEM;
		return -ENOMEM;
	}
	err = space_open(space);
	if (err) {
		space_free(space);
		return err;
	}
	space->next = spaces->first;
	spaces->first = space;
	return 0;
}

/* Is it a path that can stand in a column of a table? */
static bool is_column(const char *path)
{
	return !strpbrk(path, "\t\n");
}

/* Files that are no namespace are left by an "ip netns add" not done yet. */
int spaces_add_named(struct spaces *spaces)
{
	DIR *dir = opendir(NAMED);
	char path[PATH_MAX];
	struct dirent *entry;

	while (!spaces->err && dir && (entry = readdir(dir))) {
		snprintf(path, sizeof(path), NAMED "/%s", entry->d_name);
		if (is_column(path))
			spaces_add(spaces, path);
	}
	if (dir)
		closedir(dir);
	return spaces->err;
}

static void drop_unseen(struct spaces *spaces)
{
	struct followed_netns **at = &spaces->first, *space;

	while ((space = *at)) {
		if (space->seen) {
			at = &space->next;
			continue;
		}
		for (size_t i = 0; i < space->count; i++)
			tell_gone(space, SPACES_LEFT, &space->known[i]);
		*at = space->next;
		space_free(space);
	}
}

int spaces_look(struct spaces *spaces, int named)
{
	struct followed_netns *space;

	for (space = spaces->first; space; space = space->next)
		space->seen = netns_inode(space->path) == space->inode;
	if (named)
		spaces_add_named(spaces);
	drop_unseen(spaces);
	return spaces->err;
}

int spaces_wait(struct spaces *spaces, int ms)
{
	struct epoll_event news;
	int count = epoll_wait(spaces->epoll, &news, 1, ms);

	/* also of a process that was stopped and goes on: signal(7) */
	if (count < 0 && errno == EINTR)
		return 0;
	if (count < 0)
		return -errno;
	return count ? space_read(news.data.ptr) : 0;
}

int spaces_open(struct spaces *spaces, spaces_fn fn, void *ctx)
{
	*spaces = (struct spaces){ .tell = fn, .ctx = ctx };
	spaces->epoll = epoll_create1(EPOLL_CLOEXEC);
	return spaces->epoll < 0 ? -errno : 0;
}

void spaces_close(struct spaces *spaces)
{
	struct followed_netns *space;

	while ((space = spaces->first)) {
		spaces->first = space->next;
		space_free(space);
	}
	if (spaces->epoll >= 0)
		close(spaces->epoll);
}
