// SPDX-License-Identifier: GPL-2.0-only
/*
 * udp_cost: what a packet costs. A process sends datagrams from this network
 * namespace into another one, where a second process sleeps until one comes.
 * After each packet the sender lets the reader run, so on one CPU a run does
 * the same work each time. Prints the nanoseconds of CLOCK_MONOTONIC that a
 * packet took, from the sender's call to the reader's next sleep.
 */
#include <arpa/inet.h>
#include <err.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PORT	9999
#define PAYLOAD	(64 - 14 - 20 - 8)	/* 64 bytes with the headers */
#define WARM_UP	500			/* packets that do not count */
#define LIMIT_S	100			/* a packet that gets lost ends the run */

struct senders {
	int usual;
	int other;	/* sends every so many-th packet, from its own address */
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

static int open_reader(const char *netns, const char *at)
{
	int ns = open(netns, O_RDONLY | O_CLOEXEC);

	if (ns < 0 || setns(ns, CLONE_NEWNET))
		err(1, "%s", netns);
	return open_bound(at);
}

static void send_all(const struct senders *senders, unsigned int count)
{
	char buffer[PAYLOAD] = "";

	for (unsigned int i = 1; i <= count; i++) {
		int other = senders->every && i % senders->every == 0;
		int fd = other ? senders->other : senders->usual;

		if (send(fd, buffer, PAYLOAD, 0) != PAYLOAD)
			err(1, "send");
		sched_yield();
	}
}

static void read_all(int fd, unsigned int count)
{
	char buffer[PAYLOAD];

	while (count--)
		if (recv(fd, buffer, PAYLOAD, 0) != PAYLOAD)
			err(1, "recv");
}

static unsigned long long clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000ULL + now.tv_nsec;
}

int main(int argc, char **argv)
{
	struct senders senders;
	unsigned long long start;
	unsigned int count;
	int reader;

	if (argc != 7)
		errx(2, "usage: udp_cost NETNS TO FROM OTHER EVERY COUNT");
	senders.usual = open_sender(argv[3], argv[2]);
	senders.other = open_sender(argv[4], argv[2]);
	senders.every = atoi(argv[5]);
	count = atoi(argv[6]);
	reader = open_reader(argv[1], argv[2]);
	if (!count)
		errx(2, "'%s': no number of packets", argv[6]);
	alarm(LIMIT_S);
	switch (fork()) {
	case -1:
		err(1, "fork");
	case 0:
		send_all(&senders, WARM_UP + count);
		return 0;
	}
	read_all(reader, WARM_UP);
	start = clock_ns();
	read_all(reader, count);
	printf("%llu\n", (clock_ns() - start) / count);
	wait(NULL);
	return 0;
}
