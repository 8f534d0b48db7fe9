// SPDX-License-Identifier: GPL-2.0-only
/*
 * full HOW PORT: a socket of 10.0.0.1 that takes no packet. It says "ready" when that is
 * so, and waits to be ended. HOW is
 *	queue	of UDP, its receive queue is full
 *	filter	of UDP, its filter lets nothing pass
 *	accept	of TCP, its accept queue is full
 */
#include <arpa/inet.h>
#include <err.h>
#include <linux/filter.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ADDRESS "10.0.0.1"

static struct sockaddr_in at = { .sin_family = AF_INET };

static int new_socket(int type)
{
	int fd = socket(AF_INET, type, 0);

	if (fd < 0)
		err(1, "socket");
	return fd;
}

static int bound(int type)
{
	int fd = new_socket(type);

	if (bind(fd, (struct sockaddr *)&at, sizeof(at)))
		err(1, "bind");
	return fd;
}

/* What it sends to itself waits in a queue that it has made as short as can be. */
static void fill_queue(void)
{
	int fd = bound(SOCK_DGRAM), from = new_socket(SOCK_DGRAM), size = 1, i;
	char bytes[1024] = "";

	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)))
		err(1, "SO_RCVBUF");
	for (i = 0; i < 16; i++)
		if (sendto(from, bytes, sizeof(bytes), 0,
			   (struct sockaddr *)&at, sizeof(at)) < 0)
			err(1, "sendto");
}

static void take_nothing(void)
{
	struct sock_filter no[] = { BPF_STMT(BPF_RET | BPF_K, 0) };
	struct sock_fprog program = { .len = 1, .filter = no };

	if (setsockopt(bound(SOCK_DGRAM), SOL_SOCKET, SO_ATTACH_FILTER,
		       &program, sizeof(program)))
		err(1, "SO_ATTACH_FILTER");
}

/* One more than the backlog says is let in. */
static void accept_nothing(void)
{
	if (listen(bound(SOCK_STREAM), 0) ||
	    connect(new_socket(SOCK_STREAM), (struct sockaddr *)&at, sizeof(at)))
		err(1, "listen");
}

int main(int argc, char **argv)
{
	if (argc != 3)
		errx(2, "usage: full queue|filter|accept PORT");
	at.sin_addr.s_addr = inet_addr(ADDRESS);
	at.sin_port = htons(atoi(argv[2]));
	if (!strcmp(argv[1], "queue"))
		fill_queue();
	else if (!strcmp(argv[1], "accept"))
		accept_nothing();
	else
		take_nothing();
	puts("ready");
	fflush(stdout);
	pause();
	return 0;
}
