// SPDX-License-Identifier: GPL-2.0-only
/*
 * mrouter SOURCE GROUP IN OUT...: sends on what SOURCE sends to the multicast
 * group, from the interface IN to all the others (multicast routing, ip(7)). It
 * says "ready", and goes on until it is ended.
 */
#include <arpa/inet.h>
#include <err.h>
#include <linux/mroute.h>
#include <net/if.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static void set(int fd, int what, const void *value, socklen_t size)
{
	if (setsockopt(fd, IPPROTO_IP, what, value, size))
		err(1, "multicast routing, option %d", what);
}

static void add_interface(int fd, int number, const char *name)
{
	struct vifctl vif = {
		.vifc_vifi = number,
		.vifc_flags = VIFF_USE_IFINDEX,
		.vifc_threshold = 1,
		.vifc_lcl_ifindex = if_nametoindex(name),
	};

	set(fd, MRT_ADD_VIF, &vif, sizeof(vif));
}

int main(int argc, char **argv)
{
	struct mfcctl route = { .mfcc_parent = 0 };
	int fd = socket(AF_INET, SOCK_RAW, IPPROTO_IGMP), version = 1;

	if (argc < 5 || argc - 3 > MAXVIFS ||
	    inet_pton(AF_INET, argv[1], &route.mfcc_origin) != 1 ||
	    inet_pton(AF_INET, argv[2], &route.mfcc_mcastgrp) != 1)
		errx(2, "usage: mrouter SOURCE GROUP IN OUT...");
	set(fd, MRT_INIT, &version, sizeof(version));
	for (int i = 3; i < argc; i++) {
		add_interface(fd, i - 3, argv[i]);
		route.mfcc_ttls[i - 3] = i > 3; /* 0: not there */
	}
	set(fd, MRT_ADD_MFC, &route, sizeof(route));
	puts("ready");
	fflush(stdout);
	pause();
	return 0;
}
