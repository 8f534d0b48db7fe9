// SPDX-License-Identifier: GPL-2.0-only
#include "netns.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sched.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define OWN	"/proc/self/ns/net"

/*
 * "ip netns add" makes the file first and mounts the namespace there later: the file
 * is a namespace when it lies on nsfs. It is not opened, which would keep the namespace
 * alive for a moment.
 */
ino_t netns_inode(const char *path)
{
	struct statfs fs;
	struct stat stat_buf;

	path = path ? path : OWN;
	if (statfs(path, &fs) || fs.f_type != NSFS_MAGIC ||
	    stat(path, &stat_buf))
		return 0;
	return stat_buf.st_ino;
}

int netns_enter(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), err = 0;

	if (fd < 0)
		return -errno;
	if (setns(fd, CLONE_NEWNET))
		err = -errno;
	close(fd);
	return err;
}

int netns_open(const char *path, int (*open_there)(void *ctx), void *ctx)
{
	int own, ret;

	if (!path)
		return open_there(ctx);
	own = open(OWN, O_RDONLY | O_CLOEXEC);
	if (own < 0)
		return -errno;
	ret = netns_enter(path);
	if (!ret) {
		ret = open_there(ctx);
		if (setns(own, CLONE_NEWNET)) {
			warn("cannot come back from %s", path);
			if (ret >= 0)
				close(ret);
			ret = -ENOTRECOVERABLE;
		}
	}
	close(own);
	return ret;
}
