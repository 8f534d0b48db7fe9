// SPDX-License-Identifier: GPL-2.0-only
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ifaces.h"

struct iface {
	struct iface *next;
	__u32 netns, ifindex;
	char name[NAME_LEN];
};

static struct iface *ifaces;

static int iface_add(const char *line)
{
	struct iface *iface = calloc(1, sizeof(*iface));

	if (!iface)
		return -ENOMEM;
	if (sscanf(line, "%u %*s %15s %u", &iface->netns, iface->name,
		   &iface->ifindex) != 3) {
		free(iface);
		return -EINVAL;
	}
	iface->next = ifaces;
	ifaces = iface;
	return 0;
}

int ifaces_open(const char *path)
{
	FILE *file = fopen(path, "re");
	size_t size = 0;
	char *line = NULL;
	int error = file ? 0 : -errno;

	while (!error && getline(&line, &size, file) > 0)
		error = iface_add(line);
	if (error)
		warnx("%s: %s", path, strerror(-error));
	free(line);
	if (file)
		fclose(file);
	return error;
}

void ifaces_free(void)
{
	struct iface *iface;

	while ((iface = ifaces)) {
		ifaces = iface->next;
		free(iface);
	}
}

void ifaces_name(struct event *event)
{
	const struct iface *iface = ifaces;

	while (iface && iface->ifindex != event->ifindex)
		iface = iface->next;
	if (!iface)
		return;
	event->netns = iface->netns;
	memcpy(event->ifname, iface->name, NAME_LEN);
}
