// SPDX-License-Identifier: GPL-2.0-only
#include "netns_names.h"

#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "../kernel/netns.h"
#include "../lib/clock.h"
#include "../lib/process.h"
#include "../../lib/grow.h"
#include "records.h"

#define NAMED		"/run/netns"
#define PROCESSES	"/proc"
#define ROOM		(NAME_MAX + 32)
#define INIT		PROCESSES "/1/ns/net"
#define LOOK_AGAIN_NS	NS_PER_SEC	/* for a name of one that has none */

/* What a namespace is called, and by which file. */
struct called {
	int pid;		/* of a process in it; 0: not by one */
	char path[ROOM];
	char name[ROOM];	/* "": it has none */
};

/* One that has been looked for. */
struct named_netns {
	ino_t inode;
	uint64_t looked;		/* at that time its name was this one, ns */
	struct called called;
};

/* 0: there is no such process (any more). */
static int name_process(struct called *called)
{
	char name[PROCESS_NAME_LEN];

	if (process_name(called->pid, name))
		return 0;
	snprintf(called->name, sizeof(called->name), "of %s (%d)", name, called->pid);
	return 1;
}

static bool is_at(const char *path, ino_t inode)
{
	return netns_inode(path) == inode;
}

static int try_init(struct called *called, ino_t inode)
{
	*called = (struct called){ .path = INIT, .name = "init" };
	return is_at(called->path, inode);
}

static int try_file(struct called *called, const char *entry, ino_t inode)
{
	*called = (struct called){};
	snprintf(called->path, ROOM, NAMED "/%s", entry);
	snprintf(called->name, ROOM, "%s", entry);
	return is_at(called->path, inode);
}

static int try_process(struct called *called, const char *entry, ino_t inode)
{
	*called = (struct called){ .pid = atoi(entry) };
	snprintf(called->path, ROOM, PROCESSES "/%d/ns/net", called->pid);
	return called->pid && is_at(called->path, inode) &&
	       name_process(called);
}

/* By the first entry of a directory that is this namespace. */
static int find_in(const char *dir_path, struct called *called, ino_t inode,
		   int (*try_entry)(struct called *called, const char *entry,
				    ino_t inode))
{
	DIR *dir = opendir(dir_path);
	struct dirent *entry;
	int found = 0;

	while (!found && dir && (entry = readdir(dir)))
		found = try_entry(called, entry->d_name, inode);
	if (dir)
		closedir(dir);
	return found;
}

/* Of processes it is the one with the lowest number: proc(5) is in that order. */
static void find_name(struct called *called, ino_t inode)
{
	if (!try_init(called, inode) &&
	    !find_in(NAMED, called, inode, try_file) &&
	    !find_in(PROCESSES, called, inode, try_process))
		*called = (struct called){};
}

/* The file may be gone, and a process may be another program by now. */
static bool is_still(const struct called *called, ino_t inode)
{
	struct called now = *called;

	return is_at(now.path, inode) &&
	       (!now.pid || (name_process(&now) &&
			     !strcmp(now.name, called->name)));
}

/* With no name behind the number: it has none any more. */
static void note(FILE *out, ino_t inode, const char *name)
{
	char text[ROOM + 32];

	snprintf(text, sizeof(text), "%llu%s%s", (unsigned long long)inode,
		 name[0] ? " " : "", name);
	records_note(out, "netns", text);
}

/* It, or a new one; NULL: no memory. */
static struct named_netns *find_netns(struct netns_names *names, ino_t inode)
{
	struct named_netns *list = names->list;

	for (size_t i = names->count; i-- > 0;)
		if (list[i].inode == inode)
			return &list[i];
	list = grow(list, names->count, sizeof(*list));
	if (!list)
		return NULL;
	names->list = list;
	list[names->count] = (struct named_netns){ .inode = inode };
	return &list[names->count++];
}

/* Finds its name, and writes it if it is another one. */
static void look(struct named_netns *netns, FILE *out)
{
	struct called called;

	netns->looked = clock_ns();
	find_name(&called, netns->inode);
	if (strcmp(called.name, netns->called.name))
		note(out, netns->inode, called.name);
	netns->called = called;
}

static void look_at(struct netns_names *names, const char *path, FILE *out)
{
	ino_t inode = netns_inode(path);
	struct named_netns *netns = inode ? find_netns(names, inode) : NULL;

	if (netns)
		look(netns, out);
}

void netns_names_look(struct netns_names *names, FILE *out)
{
	DIR *dir = opendir(NAMED);
	struct dirent *entry;
	char path[ROOM];

	look_at(names, INIT, out);
	while (dir && (entry = readdir(dir))) {
		snprintf(path, sizeof(path), NAMED "/%s", entry->d_name);
		look_at(names, path, out);
	}
	if (dir)
		closedir(dir);
}

/* Was the name its own at that time? One that had none may have got one. */
static bool is_known(struct named_netns *netns, uint64_t ns)
{
	uint64_t now;

	if (netns->looked >= ns)
		return true;
	now = clock_ns();
	if (!netns->called.name[0])
		return netns->looked && now - netns->looked < LOOK_AGAIN_NS;
	if (!is_still(&netns->called, netns->inode))
		return false;
	netns->looked = now;
	return true;
}

void netns_names_meet(struct netns_names *names, ino_t inode, uint64_t ns,
		      FILE *out)
{
	struct named_netns *netns;

	if (inode < NETNS_FIRST)
		return;
	netns = find_netns(names, inode);
	if (netns && !is_known(netns, ns))
		look(netns, out);
}

const char *netns_names_path(const struct netns_names *names, ino_t inode)
{
	for (size_t i = names->count; i-- > 0;)
		if (names->list[i].inode == inode &&
		    is_at(names->list[i].called.path, inode))
			return names->list[i].called.path;
	return NULL;
}

void netns_names_free(struct netns_names *names)
{
	free(names->list);
	*names = (struct netns_names){};
}
