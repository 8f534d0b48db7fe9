// SPDX-License-Identifier: GPL-2.0-only
#include "places.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/digits.h"
#include "kernel/netns.h"

#define OWN_LEN	32

/* Where we are, and how to come back to our own namespace. */
struct visit {
	char own[OWN_LEN];
	ino_t netns;	/* 0: in none of those that were told */
};

void place_pin(char path[PATH_MAX], const char *dir, const struct place *place)
{
	snprintf(path, PATH_MAX, "%s/tcx/%lu-%d-%s", dir,
		 (unsigned long)place->netns, place->ifindex, place->hook);
}

/* A line of stdin, cut up: 0 or -EINVAL. */
static int parse(char *text, struct place *place, const char **path)
{
	const char *words[5];
	uint64_t netns, ifindex;
	size_t count = 0;
	char *word;

	text[strcspn(text, "\n")] = '\0';
	while (count < 5 && (word = strsep(&text, "\t")))
		words[count++] = word;
	if (count < 5 || text || digits_read(words[0], 10, UINT32_MAX, &netns) ||
	    digits_read(words[2], 10, INT_MAX, &ifindex))
		return -EINVAL;
	place->netns = netns;
	*path = words[1];
	place->ifindex = (int)ifindex;
	place->hook = words[3];
	place->form = words[4];
	place->egress = !strcmp(place->hook, "egress");
	return place->egress || !strcmp(place->hook, "ingress") ? 0 : -EINVAL;
}

/* 0; -ENOENT: that namespace is gone; or -errno. */
static int go(struct visit *visit, ino_t netns, const char *path)
{
	int err;

	if (visit->netns == netns)
		return 0;
	if (!strcmp(path, "-"))
		path = visit->own;
	if (netns_inode(path) != netns)
		return -ENOENT;
	err = netns_enter(path);
	visit->netns = err ? 0 : netns;
	return err;
}

static int visit_lines(struct visit *visit,
		       int (*at)(void *ctx, const struct place *place,
				 unsigned int line),
		       void *ctx)
{
	struct place place;
	const char *path;
	unsigned int nr = 0;
	char *text = NULL;
	size_t size = 0;
	int err = 0;

	while (!err && getline(&text, &size, stdin) > 0) {
		nr++;
		err = parse(text, &place, &path);
		if (err) {
			warnx("line %u on stdin: not NETNS PATH IFINDEX HOOK FORM",
			      nr);
			break;
		}
		err = go(visit, place.netns, path);
		if (err && err != -ENOENT)
			warnx("network namespace %s: %s", path, strerror(-err));
		err = err ? (err == -ENOENT ? 0 : err) : at(ctx, &place, nr);
	}
	free(text);
	return err;
}

int places_visit(int (*at)(void *ctx, const struct place *place, unsigned int line),
		 void *ctx)
{
	struct visit visit = {};
	int own = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC), err;

	if (own < 0) {
		err = -errno;
		warn("/proc/self/ns/net");
		return err;
	}
	snprintf(visit.own, sizeof(visit.own), "/proc/self/fd/%d", own);
	err = visit_lines(&visit, at, ctx);
	close(own);
	return err;
}
