// SPDX-License-Identifier: GPL-2.0-only
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "../../lib/grow.h"
#include "netns.h"
#include "spaces.h"

#define NAMED	"/run/netns"

/* An interface that was told of. */
struct known {
	int index;
	int stale;		/* perhaps it is gone, or another one by now */
	char name[IF_NAMESIZE];
};

struct space {
	struct space *next;
	ino_t inode;
	char *path;		/* NULL: our own */
	int fd;
	int asking;		/* an answer is on its way … */
	int again;		/* … and is out of date */
	int seen;
	struct known *known;
	size_t count;
};

static struct space *spaces;
static spaces_fn tell;
static int epoll = -1;

static struct known *find_known(const struct space *space, int index)
{
	for (size_t i = 0; i < space->count; i++)
		if (space->known[i].index == index)
			return space->known + i;
	return NULL;
}

static struct known *add_known(struct space *space, int index)
{
	void *grown = grow(space->known, space->count, sizeof(*space->known));

	if (!grown)
		err(1, "interfaces");
	space->known = grown;
	space->known[space->count] = (struct known){ .index = index };
	return space->known + space->count++;
}

/* Tells that it is not to be seen any more. */
static void tell_gone(const struct space *space, enum spaces_news news,
		      const struct known *known)
{
	const struct link link = { .index = known->index, .name = known->name };

	tell(space->inode, space->path, news, &link);
}

static void forget(struct space *space, struct known *known)
{
	tell_gone(space, SPACES_GONE, known);
	*known = space->known[--space->count];
}

static void see_link(void *ctx, const struct link *link)
{
	struct space *space = ctx;
	struct known *known = find_known(space, link->index);
	int same;

	if (link->gone) {
		if (known)
			forget(space, known);
		return;
	}
	if (!known)
		known = add_known(space, link->index);
	same = !known->stale &&
	       !strncmp(known->name, link->name, sizeof(known->name) - 1);
	known->stale = 0;
	if (same)
		return;
	snprintf(known->name, sizeof(known->name), "%s", link->name);
	tell(space->inode, space->path, SPACES_THERE, link);
}

static void make_stale(struct space *space)
{
	for (size_t i = 0; i < space->count; i++)
		space->known[i].stale = 1;
	space->again = 1;
}

/* All that are there have been told of. */
static void end_answer(struct space *space)
{
	space->asking = 0;
	for (size_t i = space->count; !space->again && i-- > 0;)
		if (space->known[i].stale)
			forget(space, &space->known[i]);
}

static int space_ask(struct space *space)
{
	int error = links_ask(space->fd);

	space->asking = !error;
	space->again = 0;
	return error;
}

/*
 * One datagram. After a loss all that is known may be wrong: an interface that
 * was told of may be another one by now.
 */
static int space_read(struct space *space)
{
	int result = links_read(space->fd, see_link, space);

	if (result == -ENOBUFS) {
		make_stale(space);
	} else if (result == 1) {
		end_answer(space);
	} else if (result) {
		return result;
	}
	return space->again && !space->asking ? space_ask(space) : 0;
}

static void space_free(struct space *space)
{
	if (space->fd >= 0)
		close(space->fd);
	free(space->path);
	free(space->known);
	free(space);
}

static struct space *space_new(ino_t inode, const char *path)
{
	struct space *space = calloc(1, sizeof(*space));

	if (!space || (path && !(space->path = strdup(path))))
		err(1, "namespace");
	space->inode = inode;
	space->seen = 1;
	return space;
}

/* Opens its socket and tells of the interfaces that are there. */
static int space_open(struct space *space)
{
	struct epoll_event news = { .events = EPOLLIN, .data.ptr = space };
	int error;

	space->fd = netns_open(space->path, links_open);
	if (space->fd < 0)
		return space->fd;
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, space->fd, &news))
		return -errno;
	error = space_ask(space);
	while (!error && space->asking)
		error = space_read(space);
	return error;
}

/* One that is known has perhaps lost the name that it had. */
static int space_meet(struct space *space, const char *path)
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

static struct space *find_space(ino_t inode)
{
	struct space *space = spaces;

	while (space && space->inode != inode)
		space = space->next;
	return space;
}

/*
 * Inode numbers are used again, but not while a socket of ours is in that
 * namespace.
 */
int spaces_add(const char *path)
{
	ino_t inode = netns_inode(path);
	struct space *space;
	int error;

	if (!inode)
		return -ENOENT;
	space = find_space(inode);
	if (space)
		return space_meet(space, path);
	space = space_new(inode, path);
	error = space_open(space);
	if (error) {
		space_free(space);
		return error;
	}
	space->next = spaces;
	spaces = space;
	return 0;
}

/* Is it a path that can stand in a column of a table? */
static int is_column(const char *path)
{
	return !strpbrk(path, "\t\n");
}

/* Files that are no namespace are left by an "ip netns add" not done yet. */
void spaces_add_named(void)
{
	DIR *dir = opendir(NAMED);
	char path[PATH_MAX];
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		snprintf(path, sizeof(path), NAMED "/%s", entry->d_name);
		if (is_column(path))
			spaces_add(path);
	}
	if (dir)
		closedir(dir);
}

static void drop_unseen(void)
{
	struct space **at = &spaces, *space;

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

void spaces_look(int named)
{
	for (struct space *space = spaces; space; space = space->next)
		space->seen = netns_inode(space->path) == space->inode;
	if (named)
		spaces_add_named();
	drop_unseen();
}

int spaces_wait(int ms)
{
	struct epoll_event news;
	int count = epoll_wait(epoll, &news, 1, ms);

	/* also of a process that was stopped and goes on: signal(7) */
	if (count < 0 && errno == EINTR)
		return 0;
	if (count < 0)
		return -errno;
	return count ? space_read(news.data.ptr) : 0;
}

int spaces_open(spaces_fn fn)
{
	tell = fn;
	epoll = epoll_create1(EPOLL_CLOEXEC);
	return epoll < 0 ? -errno : 0;
}

void spaces_close(void)
{
	struct space *space;

	while ((space = spaces)) {
		spaces = space->next;
		space_free(space);
	}
	close(epoll);
}
