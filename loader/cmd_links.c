// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpfload links: a line "IFINDEX IFNAME" for each interface of the network
 * namespace. The kernel allows nearly every character in a name
 * (dev_valid_name()), tc's batch files do not: names that would mean something
 * there are left out.
 */
#include <ctype.h>
#include <err.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"

static int is_plain(const char *name)
{
	for (; *name; name++)
		if (!isalnum((unsigned char)*name) && !strchr("_.+-=@~", *name))
			return 0;
	return 1;
}

int cmd_links(int argc, char **argv)
{
	struct if_nameindex *links;

	(void)argv;
	if (argc != 1) {
		warnx("usage: bpfload links");
		return 2;
	}
	links = if_nameindex();
	if (!links) {
		warn("interfaces");
		return 1;
	}
	for (const struct if_nameindex *link = links; link->if_index; link++) {
		if (is_plain(link->if_name))
			printf("%u %s\n", link->if_index, link->if_name);
		else
			warnx("interface %u is left out: its name has other characters than letters, digits and _.+-=@~",
			      link->if_index);
	}
	if_freenameindex(links);
	return 0;
}
