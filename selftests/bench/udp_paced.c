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

struct way {
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
static void send_one(const struct way *way, unsigned long long start,
		     unsigned int i)
{
	char buffer[PAYLOAD] = "";

	if (way->rate)
		sleep_until(start + i * NS_PER_SEC / way->rate);
	if (send(way->sender, buffer, PAYLOAD, 0) != PAYLOAD)
		err(1, "send");
	if (recv(way->reader, buffer, PAYLOAD, 0) != PAYLOAD)
		err(1, "recv");
}

static unsigned long long send_all(const struct way *way, unsigned int count)
{
	unsigned long long start = sockets_clock();

	for (unsigned int i = 0; i < count; i++)
		send_one(way, start, i);
	return sockets_clock() - start;
}

int main(int argc, char **argv)
{
	struct way way;
	unsigned int count;

	if (argc != 7)
		errx(2, "usage: udp_paced NETNS TO FROM RATE WARM_UP COUNT");
	way.sender = sockets_sender(argv[3], argv[2]);
	way.reader = sockets_reader(argv[1], argv[2]);
	way.rate = sockets_number(argv[4]);
	count = sockets_number(argv[6]);
	if (!count)
		errx(2, "'%s': no number of packets", argv[6]);
	alarm(LIMIT_S);
	send_all(&way, sockets_number(argv[5]));
	printf("%llu\n", send_all(&way, count) / count);
	return 0;
}
