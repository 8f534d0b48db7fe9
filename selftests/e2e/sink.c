// SPDX-License-Identifier: GPL-2.0-only
/*
 * sink PORT: reads what comes to that UDP port, until it is ended. It says
 * "ready". While it is stopped, packets wait for it.
 */
#include <arpa/inet.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#define QUEUE (1 << 24)		/* bytes, with what the kernel adds to each */

int main(int argc, char **argv)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_DGRAM, 0), queue = QUEUE;
	char bytes[2048];

	if (argc != 2)
		errx(2, "usage: sink PORT");
	at.sin_port = htons(atoi(argv[1]));
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &queue, sizeof(queue)))
		err(1, "socket");
	puts("ready");
	fflush(stdout);
	while (recv(fd, bytes, sizeof(bytes), 0) >= 0)
		;
	err(1, "recv");
}
