// SPDX-License-Identifier: GPL-2.0-only
/*
 * udp_paced: sends datagrams from this network namespace into another one, so
 * many a second, and receives each before it sends the next: one process has a
 * socket on both sides. A packet that comes late does not delay those behind
 * it. Prints the nanoseconds of CLOCK_MONOTONIC that a packet took, from the
 * first one that counts to the last.
 */
#include <err.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "sockets.h"

#define LIMIT_S	100			/* a packet that gets lost ends the run */

struct pair {
	int sender;
	int reader;
	unsigned int rate;	/* packets a second; 0: as fast as can be */
};

static void sleep_until(unsigned long long ns)
{
	struct timespec until = {
		.tv_sec = ns / NS_PER_SEC,
		.tv_nsec = ns % NS_PER_SEC,
	};

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL))
		;
}

/* The i-th packet of those that began at "start" goes when its time has come. */
static void send_one(const struct pair *pair, unsigned long long start,
		     unsigned int i)
{
	char buffer[PAYLOAD] = "";

	if (pair->rate)
		sleep_until(start + i * NS_PER_SEC / pair->rate);
	if (send(pair->sender, buffer, PAYLOAD, 0) != PAYLOAD)
		err(1, "send");
	if (recv(pair->reader, buffer, PAYLOAD, 0) != PAYLOAD)
		err(1, "recv");
}

static unsigned long long send_all(const struct pair *pair, unsigned int count)
{
	unsigned long long start = sockets_clock();

	for (unsigned int i = 0; i < count; i++)
		send_one(pair, start, i);
	return sockets_clock() - start;
}

int main(int argc, char **argv)
{
	struct pair pair;
	unsigned int count;

	if (argc != 7)
		errx(2, "usage: udp_paced NETNS TO FROM RATE WARM_UP COUNT");
	pair.sender = sockets_sender(argv[3], argv[2]);
	pair.reader = sockets_reader(argv[1], argv[2]);
	pair.rate = sockets_number(argv[4]);
	count = sockets_number(argv[6]);
	if (!count)
		errx(2, "'%s': no number of packets", argv[6]);
	alarm(LIMIT_S);
	send_all(&pair, sockets_number(argv[5]));
	printf("%llu\n", send_all(&pair, count) / count);
	return 0;
}
