// SPDX-License-Identifier: GPL-2.0-only
/*
 * chat ADDRESS PORT COUNT: a TCP connection from port 7000, by which it sends
 * COUNT messages of one byte, each by itself as far as TCP lets it. The
 * connection is then reset, so that the port is free at once.
 */
#include <arpa/inet.h>
#include <err.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <unistd.h>

static struct sockaddr_in address_of(const char *address, int port)
{
	struct sockaddr_in in = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = inet_addr(address),
	};

	return in;
}

int main(int argc, char **argv)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
	struct linger reset = { .l_onoff = 1 };
	struct sockaddr_in from, to;

	if (argc != 4)
		errx(2, "usage: chat ADDRESS PORT COUNT");
	from = address_of("0.0.0.0", 7000);
	to = address_of(argv[1], atoi(argv[2]));
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&from, sizeof(from)) ||
	    connect(fd, (struct sockaddr *)&to, sizeof(to)))
		err(1, "connect");
	for (int i = atoi(argv[3]); i > 0; i--)
		if (send(fd, "x", 1, MSG_NOSIGNAL) != 1)
			err(1, "send");
	close(fd);
	return 0;
}
