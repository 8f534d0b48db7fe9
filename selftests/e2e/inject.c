// SPDX-License-Identifier: GPL-2.0-only
/*
 * Packets for tests, one a line of hexadecimal digits on stdin, and programs at
 * the other end:
 *
 *	inject frame IFNAME		frames, by a packet socket (packet(7))
 *	inject gso IFNAME SIZE		one frame of TCP over IPv4 that is to be
 *					cut into segments of that many bytes
 *	inject ip			IPv4 packets, by a raw socket (raw(7))
 *	inject tun IFNAME [LINEAR]	IP packets that arrive at a tun device;
 *					those that leave by it are thrown away.
 *					LINEAR: that many bytes of a packet are
 *					in the linear part of its sk_buff, if
 *					it is longer than a page
 *	inject listen ADDRESS PORT	reads what comes by TCP; no stdin
 */
#include <arpa/inet.h>
#include <err.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <linux/virtio_net.h>
#include <net/if.h>
#include <netpacket/packet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_BYTES 16384

/* Reads a line; -1 at the end of the input. */
static int read_packet(unsigned char *bytes)
{
	static char line[2 * MAX_BYTES + 2];
	int len = 0;

	if (!fgets(line, sizeof(line), stdin))
		return -1;
	while (sscanf(line + 2 * len, "%2hhx", bytes + len) == 1)
		len++;
	return len;
}

/* A packet socket that sends by that device. */
static int open_packet(const char *ifname)
{
	struct sockaddr_ll at = {
		.sll_family = AF_PACKET,
		.sll_ifindex = if_nametoindex(ifname),
	};
	int fd = socket(AF_PACKET, SOCK_RAW, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)))
		err(1, "packet socket");
	return fd;
}

static void send_frames(const char *ifname)
{
	unsigned char bytes[MAX_BYTES];
	int fd = open_packet(ifname), len;

	while ((len = read_packet(bytes)) > 0)
		if (write(fd, bytes, len) < 0)
			err(1, "send");
}

/* No options: 14 bytes of Ethernet, 20 of IPv4, 20 of TCP. */
static void send_gso(const char *ifname, int size)
{
	unsigned char bytes[MAX_BYTES];
	struct virtio_net_hdr head = {
		.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM,
		.gso_type = VIRTIO_NET_HDR_GSO_TCPV4,
		.hdr_len = 54,
		.gso_size = size,
		.csum_start = 34,
		.csum_offset = 16,
	};
	int fd = open_packet(ifname), on = 1;
	struct iovec parts[] = { { &head, sizeof(head) },
				 { bytes, read_packet(bytes) } };

	if (setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, &on, sizeof(on)))
		err(1, "PACKET_VNET_HDR");
	if (writev(fd, parts, 2) < 0)
		err(1, "send");
}

static void send_ip(void)
{
	unsigned char bytes[MAX_BYTES];
	struct sockaddr_in to = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_RAW, IPPROTO_RAW), len;

	if (fd < 0)
		err(1, "raw socket");
	while ((len = read_packet(bytes)) > 0) {
		memcpy(&to.sin_addr, bytes + 16, 4); /* destination */
		if (sendto(fd, bytes, len, 0, (struct sockaddr *)&to,
			   sizeof(to)) < 0)
			err(1, "send");
	}
}

static int open_tun(const char *ifname)
{
	struct ifreq request = { .ifr_flags = IFF_TUN | IFF_NO_PI |
					      IFF_VNET_HDR };
	int fd = open("/dev/net/tun", O_RDWR);

	strncpy(request.ifr_name, ifname, IFNAMSIZ - 1);
	if (fd < 0 || ioctl(fd, TUNSETIFF, &request))
		err(1, "tun device");
	return fd;
}

static void serve_tun(const char *ifname, int linear)
{
	unsigned char bytes[MAX_BYTES];
	struct virtio_net_hdr head = { .hdr_len = linear };
	struct iovec parts[] = { { &head, sizeof(head) }, { bytes, 0 } };
	struct pollfd ends[] = { { .fd = STDIN_FILENO, .events = POLLIN },
				 { .fd = open_tun(ifname), .events = POLLIN } };
	int len;

	setbuf(stdin, NULL);
	while (poll(ends, 2, -1) > 0) {
		if (ends[1].revents && read(ends[1].fd, bytes, MAX_BYTES) < 0)
			err(1, "read");
		if (!ends[0].revents)
			continue;
		len = read_packet(bytes);
		if (len < 0)
			return;
		parts[1].iov_len = len;
		if (writev(ends[1].fd, parts, 2) < 0)
			err(1, "write");
	}
}

static void listen_at(const char *address, int port)
{
	struct sockaddr_in at = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = inet_addr(address),
	};
	int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1, peer;
	char bytes[MAX_BYTES];

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&at, sizeof(at)) || listen(fd, 8))
		err(1, "listen");
	while ((peer = accept(fd, NULL, NULL)) >= 0) {
		while (read(peer, bytes, sizeof(bytes)) > 0)
			;
		close(peer);
	}
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "";

	if (!strcmp(how, "frame") && argc == 3)
		send_frames(argv[2]);
	else if (!strcmp(how, "gso") && argc == 4)
		send_gso(argv[2], atoi(argv[3]));
	else if (!strcmp(how, "ip") && argc == 2)
		send_ip();
	else if (!strcmp(how, "tun") && argc >= 3)
		serve_tun(argv[2], argc > 3 ? atoi(argv[3]) : 0);
	else if (!strcmp(how, "listen") && argc == 4)
		listen_at(argv[2], atoi(argv[3]));
	else
		errx(2, "usage: see the head of inject.c");
	return 0;
}
