// SPDX-License-Identifier: GPL-2.0-only
/*
 * receiver PORT [GROUP IFNAME COUNT]: takes what comes by UDP to that port, of
 * IPv4 and IPv6; or what is sent to a multicast group at an interface, by COUNT
 * sockets that have all joined it. It says "ready", and goes on until it is
 * ended.
 */
#include <err.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define MAX_SOCKETS	8

static int bind_to(const struct addrinfo *at)
{
	int fd = socket(at->ai_family, SOCK_DGRAM, 0), on = 1;

	if (fd < 0)
		err(1, "socket");
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)))
		err(1, "SO_REUSEADDR");
	if (bind(fd, at->ai_addr, at->ai_addrlen))
		err(1, "bind");
	return fd;
}

static void join(int fd, const struct addrinfo *group, int ifindex)
{
	struct group_req request = { .gr_interface = ifindex };
	int level = group->ai_family == AF_INET ? IPPROTO_IP : IPPROTO_IPV6;

	memcpy(&request.gr_group, group->ai_addr, group->ai_addrlen);
	if (setsockopt(fd, level, MCAST_JOIN_GROUP, &request, sizeof(request)))
		err(1, "MCAST_JOIN_GROUP");
}

static struct addrinfo *address(const char *name, const char *port)
{
	struct addrinfo hints = {
		.ai_family = name ? AF_UNSPEC : AF_INET6,
		.ai_socktype = SOCK_DGRAM,
		.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV,
	};
	struct addrinfo *found;
	int error = getaddrinfo(name, port, &hints, &found);

	if (error)
		errx(1, "%s: %s", name ? name : port, gai_strerror(error));
	return found;
}

int main(int argc, char **argv)
{
	struct pollfd sockets[MAX_SOCKETS];
	struct addrinfo *at;
	char bytes[2048];
	int count = argc == 5 ? atoi(argv[4]) : 1;

	if ((argc != 2 && argc != 5) || count > MAX_SOCKETS)
		errx(2, "usage: receiver PORT [GROUP IFNAME COUNT]");
	at = address(argc == 5 ? argv[2] : NULL, argv[1]);
	for (int i = 0; i < count; i++) {
		sockets[i].fd = bind_to(at);
		sockets[i].events = POLLIN;
		if (argc == 5)
			join(sockets[i].fd, at, if_nametoindex(argv[3]));
	}
	puts("ready");
	fflush(stdout);
	while (poll(sockets, count, -1) > 0)
		for (int i = 0; i < count; i++)
			if (sockets[i].revents)
				recv(sockets[i].fd, bytes, sizeof(bytes), 0);
	err(1, "poll");
}
