// SPDX-License-Identifier: GPL-2.0-only
/*
 * segments ADDRESS PORT: hands the kernel three datagrams as one, which it is to
 * cut (UDP_SEGMENT, udp(7); Linux 4.18).
 */
#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdlib.h>
#include <sys/socket.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT	103
#endif

#define BYTES		100	/* in each */

int main(int argc, char **argv)
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	char bytes[3 * BYTES] = "";
	int size = BYTES, fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (argc != 3 || inet_pton(AF_INET, argv[1], &to.sin_addr) != 1)
		errx(2, "usage: segments ADDRESS PORT");
	to.sin_port = htons(atoi(argv[2]));
	if (setsockopt(fd, SOL_UDP, UDP_SEGMENT, &size, sizeof(size)))
		err(1, "UDP_SEGMENT");
	if (sendto(fd, bytes, sizeof(bytes), 0, (struct sockaddr *)&to,
		   sizeof(to)) < 0)
		err(1, "sendto");
	return 0;
}
