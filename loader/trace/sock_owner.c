// SPDX-License-Identifier: GPL-2.0-only
#include "sock_owner.h"

#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../lib/process.h"

struct owner {
	uint32_t inode;		/* 0: nobody was looked for yet */
	unsigned int pid;	/* 0: nobody was found */
	char comm[PROCESS_NAME_LEN];
};

/* Does a descriptor of the process lead to the file that is called @target in proc(5)? */
static bool has_open(unsigned int pid, const char *target)
{
	char path[64], link[64];
	struct dirent *entry;
	bool found = false;
	DIR *dir;
	ssize_t len;

	snprintf(path, sizeof(path), "/proc/%u/fd", pid);
	dir = opendir(path);
	while (dir && !found && (entry = readdir(dir))) {
		len = readlinkat(dirfd(dir), entry->d_name, link, sizeof(link) - 1);
		link[len > 0 ? len : 0] = '\0';
		found = !strcmp(link, target);
	}
	if (dir)
		closedir(dir);
	return found;
}

static void find(struct owner *owner)
{
	char target[32];
	struct dirent *entry;
	unsigned int pid;
	DIR *dir = opendir("/proc");

	snprintf(target, sizeof(target), "socket:[%u]", owner->inode);
	while (dir && !owner->pid && (entry = readdir(dir)))
		if (sscanf(entry->d_name, "%u", &pid) == 1 && has_open(pid, target))
			owner->pid = pid;
	if (dir)
		closedir(dir);
	if (owner->pid && process_name(owner->pid, owner->comm))
		strcpy(owner->comm, "-");
}

/* The last one is remembered: many packets go to one socket. */
void sock_owner_text(uint32_t inode, char *text, size_t size)
{
	static struct owner last;

	if (inode && last.inode != inode) {
		last = (struct owner){ .inode = inode };
		find(&last);
	}
	if (inode && last.pid)
		snprintf(text, size, "to an AF_XDP socket of process %s (%u)", last.comm,
			 last.pid);
	else
		snprintf(text, size, "to an AF_XDP socket");
}
