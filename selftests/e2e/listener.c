// SPDX-License-Identifier: GPL-2.0-only
/*
 * listener packet [IFNAME] | raw | idle: a socket that is given what others get, too:
 * all frames (packet(7)), of one device or of any, or all ICMP messages (raw(7)). It
 * says "ready", and for each packet that it reads the length, until it is ended;
 * "idle" is a raw socket that reads none.
 */
#include <arpa/inet.h>
#include <err.h>
#include <linux/if_ether.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* ifindex 0: of any device; the protocol comes last, not to see others' before */
static int open_packet(unsigned int ifindex)
{
	struct sockaddr_ll at = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = ifindex,
	};
	int fd = socket(AF_PACKET, SOCK_RAW, 0);

	if (fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof(at)))
		err(1, "bind");
	return fd;
}

int main(int argc, char **argv)
{
	char bytes[2048];
	ssize_t len;
	int fd;

	if (argc < 2 || argc > 3)
		errx(2, "usage: listener packet [IFNAME] | raw | idle");
	fd = strcmp(argv[1], "packet") ?
		     socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) :
		     open_packet(argc == 3 ? if_nametoindex(argv[2]) : 0);
	if (fd < 0)
		err(1, "socket");
	setvbuf(stdout, NULL, _IOLBF, 0);
	puts("ready");
	if (!strcmp(argv[1], "idle"))
		pause();
	while ((len = recv(fd, bytes, sizeof(bytes), 0)) >= 0)
		printf("%zd\n", len);
	err(1, "recv");
}
