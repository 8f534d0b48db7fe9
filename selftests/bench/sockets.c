// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <err.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "sockets.h"

#define PORT	9999

static struct sockaddr_in address_of(const char *text)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(PORT),
	};

	if (inet_pton(AF_INET, text, &address.sin_addr) != 1)
		errx(2, "'%s' is no IPv4 address", text);
	return address;
}

static int open_bound(const char *text)
{
	struct sockaddr_in address = address_of(text);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)))
		err(1, "bind to %s", text);
	return fd;
}

int sockets_sender(const char *from, const char *to)
{
	struct sockaddr_in address = address_of(to);
	int fd = open_bound(from);

	if (connect(fd, (struct sockaddr *)&address, sizeof(address)))
		err(1, "connect to %s", to);
	return fd;
}

int sockets_reader(const char *netns, const char *at)
{
	int ns = open(netns, O_RDONLY | O_CLOEXEC);

	if (ns < 0 || setns(ns, CLONE_NEWNET))
		err(1, "%s", netns);
	return open_bound(at);
}

unsigned int sockets_number(const char *text)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	if (end == text || *end || number > 100000000)
		errx(2, "'%s' is no number", text);
	return number;
}

unsigned long long sockets_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * NS_PER_SEC + now.tv_nsec;
}
