// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload links [-f] [-a | NETNS…]: the interfaces of network namespaces, each
 * a path ("-": our own, as without any); -a: our own and all below /run/netns.
 * A line for each interface:
 *
 *	NETNS_INODE NETNS IFINDEX FORM IFNAME
 *
 * FORM is ether, raw (link_form()), or the number of another type of device.
 * -f follows: after an empty line come those that appear or get another name,
 * with -a also those of new namespaces, until the parent ends.
 *
 * The kernel allows nearly every character in a name (dev_valid_name()), tc's
 * batch files do not: names that would mean something there are left out.
 */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "cmd.h"
#include "kernel/spaces.h"

#define LOOK_MS	200	/* between two looks at the files of namespaces */

static int is_plain(const char *name)
{
	for (; *name; name++)
		if (!isalnum((unsigned char)*name) && !strchr("_.+-=@~", *name))
			return 0;
	return 1;
}

static void print_link(ino_t inode, const char *path, const struct link *link)
{
	const char *form = link_form(link->type);

	if (!is_plain(link->name)) {
		warnx("interface %d is left out: its name has other characters than letters, digits and _.+-=@~",
		      link->index);
		return;
	}
	printf("%lu %s %d ", (unsigned long)inode, path ? path : "-",
	       link->index);
	if (form)
		printf("%s %s\n", form, link->name);
	else
		printf("%u %s\n", link->type, link->name);
}

static int add_path(const char *path)
{
	int error = spaces_add(strcmp(path, "-") ? path : NULL);

	if (error)
		warnx("interfaces of network namespace %s: %s", path,
		      strerror(-error));
	return error;
}

static int list(int all, int count, char **paths)
{
	int error = 0;

	if (!count)
		error = add_path("-");
	for (int i = 0; !error && i < count; i++)
		error = add_path(paths[i]);
	if (!error && all)
		spaces_add_named();
	return error;
}

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static int follow(int all)
{
	long long next_look = 0;
	int error = 0;

	puts("");
	while (!error && !fflush(stdout)) {
		if (now_ms() >= next_look) {
			spaces_look(all);
			next_look = now_ms() + LOOK_MS;
		}
		error = spaces_wait(LOOK_MS);
	}
	if (error)
		warnx("interfaces are followed no longer: %s", strerror(-error));
	return error;
}

/* The signal comes to processes whose parent ends later; was it earlier? */
static int end_with_parent(void)
{
	pid_t parent = getppid();

	return prctl(PR_SET_PDEATHSIG, SIGTERM) || getppid() != parent ||
	       parent == 1;
}

int cmd_links(int argc, char **argv)
{
	int opt, all = 0, following = 0, error;

	while ((opt = getopt(argc, argv, "af")) > 0) {
		all |= opt == 'a';
		following |= opt == 'f';
		if (opt == '?')
			return 2;
	}
	if (all && optind < argc) {
		warnx("usage: bpfload links [-f] [-a | NETNS…]");
		return 2;
	}
	if (following && end_with_parent())
		return 1;
	error = spaces_open(print_link);
	if (!error)
		error = list(all, argc - optind, argv + optind);
	if (!error && following)
		error = follow(all);
	spaces_close();
	return error ? 1 : 0;
}
