// SPDX-License-Identifier: GPL-2.0-only
/*
 * udp_cost: what a packet costs. A process sends datagrams from this network
 * namespace into another one, where a second process sleeps until one comes.
 * After each packet the sender lets the reader run, so on one CPU a run does
 * the same work each time. Prints the nanoseconds of CLOCK_MONOTONIC that a
 * packet took, from the sender's call to the reader's next sleep.
 */
#include <err.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sockets.h"

#define WARM_UP	500			/* packets that do not count */
#define LIMIT_S	100			/* a packet that gets lost ends the run */

struct senders {
	int usual;
	int other;	/* sends every so many-th packet, from its own address */
	unsigned int every;	/* 0: "other" sends none */
};

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

int main(int argc, char **argv)
{
	struct senders senders;
	unsigned long long start;
	unsigned int count;
	int reader;

	if (argc != 7)
		errx(2, "usage: udp_cost NETNS TO FROM OTHER EVERY COUNT");
	senders.usual = sockets_sender(argv[3], argv[2]);
	senders.other = sockets_sender(argv[4], argv[2]);
	senders.every = atoi(argv[5]);
	count = atoi(argv[6]);
	reader = sockets_reader(argv[1], argv[2]);
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
	start = sockets_clock();
	read_all(reader, count);
	printf("%llu\n", (sockets_clock() - start) / count);
	wait(NULL);
	return 0;
}
