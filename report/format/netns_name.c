// SPDX-License-Identifier: GPL-2.0-only
#include "netns_name.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *netns_name(const struct notes *notes, struct number netns)
{
	char inode[NETNS_ROOM];
	const char *value;
	size_t i, len;

	if (!netns.known || !notes)
		return NULL;
	len = snprintf(inode, sizeof(inode), "%" PRIu64, netns.value);
	for (i = notes->count; i-- > 0;) {
		value = notes->note[i].value;
		if (strcmp(notes->note[i].name, "netns") ||
		    strncmp(value, inode, len))
			continue;
		if (!value[len])
			return NULL;
		if (value[len] == ' ' && value[len + 1])
			return value + len + 1;
	}
	return NULL;
}

const char *netns_text(char buf[NETNS_ROOM], const struct notes *notes,
		       struct number netns)
{
	const char *name = netns_name(notes, netns);

	if (name || !netns.known)
		return name;
	snprintf(buf, NETNS_ROOM, "%" PRIu64, netns.value);
	return buf;
}
