// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload netdevs [--follow PARENT] [--all | NETNS…]: the interfaces of network
 * namespaces. NETNS is a path, "-" our own, which is also the default; --all: our own and
 * all below /run/netns.
 * A line for each interface, its columns separated by one tab, below a header line:
 *
 *	#bpfpath-netdevs-1 time netns path ifindex form ifname kind lower
 *
 * time		of day, in microseconds, when it appeared; "-": it was there
 * netns	the inode number of its namespace, …
 * path		… and the file that stands for it; "-": our own
 * form		ether, l3 (netdev_form()), or the number of another type of device
 * kind		of a virtual device, as ip-link(8) has it; "-": none
 * lower	ifindex of the one that it stands on; 0: none, or in another namespace
 *
 * With --follow, after an empty line come those that appear or get another name,
 * with --all also those of new namespaces, until the process PARENT, which has
 * started this one, ends. There form is also "gone", or "left": the namespace has
 * lost the file that it was known by, but may live on.
 *
 * The kernel allows nearly every character in a name (dev_valid_name()), tc's
 * batch files do not: names that would mean something there are left out.
 */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "cmd.h"
#include "kernel/netns_watch.h"
#include "lib/clock.h"

#define LOOK_MS	200	/* between two looks at the files of namespaces */

static int is_plain(const char *name)
{
	for (; *name; name++)
		if (!isalnum((unsigned char)*name) && !strchr("_.+-=@~", *name))
			return 0;
	return 1;
}

/* What print_netdev() has to know. */
struct printing {
	int following;
};

static void print_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	printf("%lld\t", now.tv_sec * 1000000LL + now.tv_nsec / 1000);
}

static void print_netdev(void *ctx, ino_t inode, const char *path,
		       enum netns_news news, const struct netdev *netdev)
{
	const struct printing *printing = ctx;
	const char *form = news == NETNS_GONE ? "gone" :
			   news == NETNS_LEFT ? "left" :
						 netdev_form(netdev->type);

	if (news != NETNS_THERE && (!printing->following || !is_plain(netdev->name)))
		return;
	if (!is_plain(netdev->name)) {
		warnx("interface %d is left out: its name has other characters than letters, digits and _.+-=@~",
		      netdev->index);
		return;
	}
	if (printing->following)
		print_time();
	else
		fputs("-\t", stdout);
	printf("%lu\t%s\t%d\t", (unsigned long)inode, path ? path : "-",
	       netdev->index);
	if (form)
		printf("%s", form);
	else
		printf("%u", netdev->type);
	printf("\t%s\t%s\t%d\n", netdev->name,
	       netdev->kind && *netdev->kind &&
			       is_plain(netdev->kind) ? netdev->kind : "-",
	       netdev->lower);
}

static int add_path(struct watch *watch, const char *path)
{
	int err = netns_watch_add(watch, strcmp(path, "-") ? path : NULL);

	if (err)
		warnx("interfaces of network namespace %s: %s", path,
		      strerror(-err));
	return err;
}

static int list(struct watch *watch, int all, int count, char **paths)
{
	int err = 0;

	puts("#bpfpath-netdevs-1\ttime\tnetns\tpath\tifindex\tform\tifname\tkind\tlower");
	if (!count)
		err = add_path(watch, "-");
	for (int i = 0; !err && i < count; i++)
		err = add_path(watch, paths[i]);
	if (!err && all)
		err = netns_watch_add_named(watch);
	return err;
}

/* Somebody holds the other end of the pipe. */
static int is_heard(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO };

	return poll(&out, 1, 0) <= 0 || !(out.revents & POLLERR);
}

static int follow(struct watch *watch, struct printing *printing, int all)
{
	uint64_t next_look = 0;
	int err = 0;

	puts("");
	printing->following = 1;
	signal(SIGPIPE, SIG_IGN);
	while (!err && !fflush(stdout) && is_heard()) {
		if (clock_ns() >= next_look) {
			err = netns_watch_look(watch, all);
			next_look = clock_ns() + LOOK_MS * NS_PER_MS;
		}
		if (!err)
			err = netns_watch_wait(watch, LOOK_MS);
	}
	if (err)
		warnx("following interfaces: %s", strerror(-err));
	else
		warnx("interfaces are followed no longer: what attaches to them has ended");
	return err ? err : -EPIPE;
}

/*
 * Has the kernel send a signal when the parent ends, and looks whether it has ended
 * before. Its process number alone does not tell: in a container it may be process 1.
 */
static int end_with(pid_t parent)
{
	return prctl(PR_SET_PDEATHSIG, SIGTERM) || getppid() != parent;
}

static int parse_options(int argc, char **argv, int *all, pid_t *parent)
{
	const struct option long_options[] = {
		{ "all", no_argument, all, 1 },
		{ "follow", required_argument, NULL, 'f' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		if (option == '?')
			return 0;
		if (option == 'f')
			*parent = atoi(optarg);
	}
	return !*all || optind == argc;
}

int cmd_netdevs(int argc, char **argv)
{
	struct printing printing = {};
	struct watch watch;
	int all = 0, err;
	pid_t parent = 0;

	if (!parse_options(argc, argv, &all, &parent)) {
		warnx("usage: bpfload netdevs [--follow PARENT] [--all | NETNS…]");
		return 2;
	}
	if (parent && end_with(parent))
		return 1;
	err = netns_watch_open(&watch, print_netdev, &printing);
	if (err)
		warnx("interfaces: %s", strerror(-err));
	if (!err)
		err = list(&watch, all, argc - optind, argv + optind);
	if (!err && parent)
		err = follow(&watch, &printing, all);
	netns_watch_close(&watch);
	return err ? 1 : 0;
}
