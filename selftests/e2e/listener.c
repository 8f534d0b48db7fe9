// SPDX-License-Identifier: GPL-2.0-only
/*
 * listener packet | raw: a socket that is given what others get, too: all frames
 * (packet(7)), or all ICMP messages (raw(7)). It says "ready", and for each
 * packet that it reads the length, until it is ended.
 */
#include <arpa/inet.h>
#include <err.h>
#include <linux/if_ether.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
	char bytes[2048];
	ssize_t len;
	int fd;

	if (argc != 2)
		errx(2, "usage: listener packet|raw");
	fd = !strcmp(argv[1], "raw") ?
		     socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) :
		     socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
	if (fd < 0)
		err(1, "socket");
	setvbuf(stdout, NULL, _IOLBF, 0);
	puts("ready");
	while ((len = recv(fd, bytes, sizeof(bytes), 0)) >= 0)
		printf("%zd\n", len);
	err(1, "recv");
}
