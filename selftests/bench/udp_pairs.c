// SPDX-License-Identifier: GPL-2.0-only
/*
 * udp_pairs: what a packet costs. Sends a datagram from this network namespace
 * into another one and receives it there, over and over, in one process and on
 * one CPU: so a run does the same work each time. Prints the nanoseconds of
 * CLOCK_MONOTONIC that a packet took, sending and receiving together.
 */
#include <arpa/inet.h>
#include <err.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define PORT	9999
#define PAYLOAD	(64 - 14 - 20 - 8)	/* 64 bytes with the headers */
#define WARM_UP	500			/* packets that do not count */

struct pairs {
	int usual;	/* sends */
	int other;	/* sends every so many-th packet, from its own address */
	int receiver;
	unsigned int every;	/* 0: "other" sends none */
};

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

static int open_sender(const char *from, const char *to)
{
	struct sockaddr_in address = address_of(to);
	int fd = open_bound(from);

	if (connect(fd, (struct sockaddr *)&address, sizeof(address)))
		err(1, "connect to %s", to);
	return fd;
}

/* A packet that gets lost is an error, not an endless wait. */
static int open_receiver(const char *netns, const char *at)
{
	struct timeval second = { .tv_sec = 1 };
	int fd, ns = open(netns, O_RDONLY | O_CLOEXEC);

	if (ns < 0 || setns(ns, CLONE_NEWNET))
		err(1, "%s", netns);
	fd = open_bound(at);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof(second));
	return fd;
}

static void run_pairs(const struct pairs *pairs, unsigned int count)
{
	char buffer[PAYLOAD] = "";

	for (unsigned int i = 1; i <= count; i++) {
		int other = pairs->every && i % pairs->every == 0;
		int sender = other ? pairs->other : pairs->usual;

		if (send(sender, buffer, PAYLOAD, 0) != PAYLOAD)
			err(1, "send");
		if (recv(pairs->receiver, buffer, PAYLOAD, 0) != PAYLOAD)
			err(1, "recv");
	}
}

static unsigned long long clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000ULL + now.tv_nsec;
}

int main(int argc, char **argv)
{
	struct pairs pairs;
	unsigned long long start;
	unsigned int count;

	if (argc != 7)
		errx(2, "usage: udp_pairs NETNS TO FROM OTHER EVERY COUNT");
	pairs.usual = open_sender(argv[3], argv[2]);
	pairs.other = open_sender(argv[4], argv[2]);
	pairs.receiver = open_receiver(argv[1], argv[2]);
	pairs.every = atoi(argv[5]);
	count = atoi(argv[6]);
	if (!count)
		errx(2, "'%s': no number of packets", argv[6]);
	run_pairs(&pairs, WARM_UP);
	start = clock_ns();
	run_pairs(&pairs, count);
	printf("%llu\n", (clock_ns() - start) / count);
	return 0;
}
