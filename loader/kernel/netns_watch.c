// SPDX-License-Identifier: GPL-2.0-only
#include "netns_watch.h"

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
	struct watch *all;
	ino_t inode;
	char *path;		/* NULL: our own */
	int fd;
	int asking;		/* an answer is on its way … */
	int again;		/* … and is out of date */
	int seen;
	struct known *known;
	size_t count;
};

static struct known *find_known(const struct followed_netns *netns, int index)
{
	for (size_t i = 0; i < netns->count; i++)
		if (netns->known[i].index == index)
			return netns->known + i;
	return NULL;
}

/* NULL: no memory. */
static struct known *add_known(struct followed_netns *netns, int index)
{
	void *grown = grow(netns->known, netns->count, sizeof(*netns->known));

	if (!grown)
		return NULL;
	netns->known = grown;
	netns->known[netns->count] = (struct known){ .index = index };
	return netns->known + netns->count++;
}

/* Tells that it is not to be seen any more. */
static void tell_gone(const struct followed_netns *netns, enum netns_news news,
		      const struct known *known)
{
	const struct netdev netdev = { .index = known->index, .name = known->name };

	netns->all->tell(netns->all->ctx, netns->inode, netns->path, news,
			 &netdev);
}

static void forget(struct followed_netns *netns, struct known *known)
{
	tell_gone(netns, NETNS_GONE, known);
	*known = netns->known[--netns->count];
}

static void see_netdev(void *ctx, const struct netdev *netdev)
{
	struct followed_netns *netns = ctx;
	struct known *known = find_known(netns, netdev->index);
	int same;

	if (netdev->gone) {
		if (known)
			forget(netns, known);
		return;
	}
	if (!known)
		known = add_known(netns, netdev->index);
	if (!known) {
		netns->all->err = -ENOMEM;
		return;
	}
	same = !known->stale &&
	       !strncmp(known->name, netdev->name, sizeof(known->name) - 1);
	known->stale = 0;
	if (same)
		return;
	snprintf(known->name, sizeof(known->name), "%s", netdev->name);
	netns->all->tell(netns->all->ctx, netns->inode, netns->path,
			 NETNS_THERE, netdev);
}

static void make_stale(struct followed_netns *netns)
{
	for (size_t i = 0; i < netns->count; i++)
		netns->known[i].stale = 1;
	netns->again = 1;
}

/* All that are there have been told of. */
static void end_answer(struct followed_netns *netns)
{
	netns->asking = 0;
	for (size_t i = netns->count; !netns->again && i-- > 0;)
		if (netns->known[i].stale)
			forget(netns, &netns->known[i]);
}

static int watched_ask(struct followed_netns *netns)
{
	int err = netdevs_ask(netns->fd);

	netns->asking = !err;
	netns->again = 0;
	return err;
}

/*
 * Reads one datagram. After a loss all that is known may be wrong: an index may belong to
 * another interface by now.
 */
static int watched_read(struct followed_netns *netns)
{
	int ret = netdevs_read(netns->fd, see_netdev, netns);

	if (ret == -ENOBUFS)
		make_stale(netns);
	else if (ret == 1)
		end_answer(netns);
	else if (ret)
		return ret;
	if (netns->all->err)
		return netns->all->err;
	return netns->again && !netns->asking ? watched_ask(netns) : 0;
}

static void watched_free(struct followed_netns *netns)
{
	if (netns->fd >= 0)
		close(netns->fd);
	free(netns->path);
	free(netns->known);
	free(netns);
}

/* NULL: no memory. */
static struct followed_netns *watched_new(struct watch *all, ino_t inode,
					const char *path)
{
	struct followed_netns *netns = calloc(1, sizeof(*netns));

	if (!netns)
		return NULL;
	netns->all = all;
	netns->inode = inode;
	netns->seen = 1;
	netns->fd = -1;
	netns->path = path ? strdup(path) : NULL;
	if (path && !netns->path) {
		watched_free(netns);
		return NULL;
	}
	return netns;
}

static int open_netdevs(void *ctx)
{
	(void)ctx;
	return netdevs_open();
}

/* Opens its socket and tells of the interfaces that are there. */
static int watched_open(struct followed_netns *netns)
{
	struct epoll_event news = { .events = EPOLLIN, .data.ptr = netns };
	int err;

	netns->fd = netns_open(netns->path, open_netdevs, NULL);
	if (netns->fd == -ENOTRECOVERABLE)
		netns->all->err = netns->fd;
	if (netns->fd < 0)
		return netns->fd;
	if (epoll_ctl(netns->all->epoll, EPOLL_CTL_ADD, netns->fd, &news))
		return -errno;
	err = watched_ask(netns);
	while (!err && netns->asking)
		err = watched_read(netns);
	return err;
}

/* A namespace that is known may have lost the name that it had. */
static int watched_meet(struct followed_netns *netns, const char *path)
{
	char *copy;

	if (netns->seen)
		return 0;
	copy = strdup(path);
	if (!copy)
		return -ENOMEM;
	free(netns->path);
	netns->path = copy;
	netns->seen = 1;
	return 0;
}

static struct followed_netns *find_watched(const struct watch *watch,
					 ino_t inode)
{
	struct followed_netns *netns = watch->first;

	while (netns && netns->inode != inode)
		netns = netns->next;
	return netns;
}

/*
 * Inode numbers are used again, but not while a socket of ours is in that
 * namespace.
 */
int netns_watch_add(struct watch *watch, const char *path)
{
	ino_t inode = netns_inode(path);
	struct followed_netns *netns;
	int err;

	if (!inode)
		return -ENOENT;
	netns = find_watched(watch, inode);
	if (netns)
		return watched_meet(netns, path);
	netns = watched_new(watch, inode, path);
	if (!netns) {
		watch->err = -ENOMEM;
		return -ENOMEM;
	}
	err = watched_open(netns);
	if (err) {
		watched_free(netns);
		return err;
	}
	netns->next = watch->first;
	watch->first = netns;
	return 0;
}

/* Is it a path that can stand in a column of a table? */
static bool is_column(const char *path)
{
	return !strpbrk(path, "\t\n");
}

/* Files that are no namespace are left by an "ip netns add" not done yet. */
int netns_watch_add_named(struct watch *watch)
{
	DIR *dir = opendir(NAMED);
	char path[PATH_MAX];
	struct dirent *entry;

	while (!watch->err && dir && (entry = readdir(dir))) {
		snprintf(path, sizeof(path), NAMED "/%s", entry->d_name);
		if (is_column(path))
			netns_watch_add(watch, path);
	}
	if (dir)
		closedir(dir);
	return watch->err;
}

static void drop_unseen(struct watch *watch)
{
	struct followed_netns **at = &watch->first, *netns;

	while ((netns = *at)) {
		if (netns->seen) {
			at = &netns->next;
			continue;
		}
		for (size_t i = 0; i < netns->count; i++)
			tell_gone(netns, NETNS_LEFT, &netns->known[i]);
		*at = netns->next;
		watched_free(netns);
	}
}

int netns_watch_look(struct watch *watch, int named)
{
	struct followed_netns *netns;

	for (netns = watch->first; netns; netns = netns->next)
		netns->seen = netns_inode(netns->path) == netns->inode;
	if (named)
		netns_watch_add_named(watch);
	drop_unseen(watch);
	return watch->err;
}

int netns_watch_wait(struct watch *watch, int ms)
{
	struct epoll_event news;
	int count = epoll_wait(watch->epoll, &news, 1, ms);

	/* also of a process that was stopped and goes on: signal(7) */
	if (count < 0 && errno == EINTR)
		return 0;
	if (count < 0)
		return -errno;
	return count ? watched_read(news.data.ptr) : 0;
}

int netns_watch_open(struct watch *watch, netns_watch_fn fn, void *ctx)
{
	*watch = (struct watch){ .tell = fn, .ctx = ctx };
	watch->epoll = epoll_create1(EPOLL_CLOEXEC);
	return watch->epoll < 0 ? -errno : 0;
}

void netns_watch_close(struct watch *watch)
{
	struct followed_netns *netns;

	while ((netns = watch->first)) {
		watch->first = netns->next;
		watched_free(netns);
	}
	if (watch->epoll >= 0)
		close(watch->epoll);
}
