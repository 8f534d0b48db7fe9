// SPDX-License-Identifier: GPL-2.0-only
/*
 * stream [sctp] listen PORT: says "ready", and reads what one connection has sent,
 * when that has been closed.
 * stream [sctp] send ADDRESS PORT BYTES...: connects; hands the kernel so many bytes
 * at once, and waits until they are acknowledged (of SCTP that is not known), time
 * after time.
 */
#include <arpa/inet.h>
#include <err.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int protocol = IPPROTO_TCP;

static int stream_listen(const char *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	struct pollfd peer = { .events = POLLRDHUP };
	int on = 1, fd = socket(AF_INET, SOCK_STREAM, protocol);
	char bytes[65536];

	at.sin_port = htons(atoi(port));
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&at, sizeof(at)) || listen(fd, 1))
		err(1, "port %s", port);
	puts("ready");
	fflush(stdout);
	peer.fd = accept(fd, NULL, NULL);
	if (peer.fd < 0 || poll(&peer, 1, -1) < 0)
		err(1, "accept");
	while (read(peer.fd, bytes, sizeof(bytes)) > 0)
		;
	return 0;
}

static void send_bytes(int fd, size_t count)
{
	char *bytes = calloc(1, count);
	int left;

	if (!bytes || send(fd, bytes, count, 0) != (ssize_t)count)
		err(1, "send");
	while (!ioctl(fd, SIOCOUTQ, &left) && left)
		usleep(1000);
	free(bytes);
}

static int stream_send(char **argv)
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_STREAM, protocol);

	if (inet_pton(AF_INET, argv[0], &to.sin_addr) != 1)
		errx(2, "%s: not an address", argv[0]);
	to.sin_port = htons(atoi(argv[1]));
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)))
		err(1, "connect");
	for (argv += 2; *argv; argv++)
		send_bytes(fd, strtoul(*argv, NULL, 10));
	return 0;
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "sctp")) {
		protocol = IPPROTO_SCTP;
		argc--;
		argv++;
	}
	if (argc == 3 && !strcmp(argv[1], "listen"))
		return stream_listen(argv[2]);
	if (argc >= 4 && !strcmp(argv[1], "send"))
		return stream_send(argv + 2);
	errx(2, "usage: stream [sctp] listen PORT | send ADDRESS PORT BYTES...");
}
