// SPDX-License-Identifier: GPL-2.0-only
/*
 * direct xsk|bypass IFNAME: sends the frame that stdin has as hexadecimal digits, past the
 * queueing discipline: by a socket of AF_XDP in copy mode, or by a packet socket with
 * PACKET_QDISC_BYPASS.
 */
#include <err.h>
#include <linux/if_packet.h>
#include <linux/if_xdp.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef AF_XDP
#define AF_XDP		44
#endif
#ifndef SOL_XDP
#define SOL_XDP		283
#endif

#define CHUNK		4096	/* bytes for a frame, and how many of them */
#define CHUNKS		4

static size_t read_frame(unsigned char *frame)
{
	size_t len = 0;
	unsigned int byte;

	while (len < CHUNK && scanf("%2x", &byte) == 1)
		frame[len++] = byte;
	return len;
}

static void set(int fd, int option, const void *value, size_t size)
{
	if (setsockopt(fd, SOL_XDP, option, value, size))
		err(1, "option %d of AF_XDP", option);
}

/* Memory for frames, and the rings that a socket needs to send. Returns the memory. */
static unsigned char *set_up(int fd)
{
	const struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY };
	struct xdp_umem_reg umem = { .len = CHUNK * CHUNKS, .chunk_size = CHUNK };
	int size = CHUNKS;
	void *memory = mmap(NULL, umem.len, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	setrlimit(RLIMIT_MEMLOCK, &limit);
	if (memory == MAP_FAILED)
		err(1, "memory");
	umem.addr = (uintptr_t)memory;
	set(fd, XDP_UMEM_REG, &umem, sizeof(umem));
	set(fd, XDP_UMEM_FILL_RING, &size, sizeof(size));
	set(fd, XDP_UMEM_COMPLETION_RING, &size, sizeof(size));
	set(fd, XDP_TX_RING, &size, sizeof(size));
	return memory;
}

/* Puts the first chunk, of @len bytes, into the ring of what is to be sent. */
static void put(int fd, uint32_t len)
{
	struct xdp_mmap_offsets at;
	socklen_t size = sizeof(at);
	struct xdp_desc *desc;
	char *ring;

	if (getsockopt(fd, SOL_XDP, XDP_MMAP_OFFSETS, &at, &size))
		err(1, "XDP_MMAP_OFFSETS");
	ring = mmap(NULL, at.tx.desc + CHUNKS * sizeof(*desc), PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_POPULATE, fd, XDP_PGOFF_TX_RING);
	if (ring == MAP_FAILED)
		err(1, "the ring");
	desc = (struct xdp_desc *)(ring + at.tx.desc);
	*desc = (struct xdp_desc){ .len = len };
	__atomic_store_n((uint32_t *)(ring + at.tx.producer), 1, __ATOMIC_RELEASE);
}

static void by_xsk(unsigned int ifindex)
{
	struct sockaddr_xdp to = { .sxdp_family = AF_XDP, .sxdp_flags = XDP_COPY };
	int fd = socket(AF_XDP, SOCK_RAW, 0);

	if (fd < 0)
		err(1, "AF_XDP");
	put(fd, read_frame(set_up(fd)));
	to.sxdp_ifindex = ifindex;
	if (bind(fd, (struct sockaddr *)&to, sizeof(to)))
		err(1, "bind");
	if (sendto(fd, NULL, 0, MSG_DONTWAIT, NULL, 0))
		err(1, "sendto");
}

static void by_bypass(unsigned int ifindex)
{
	struct sockaddr_ll to = { .sll_family = AF_PACKET };
	int fd = socket(AF_PACKET, SOCK_RAW, 0), one = 1;
	unsigned char frame[CHUNK];
	size_t len = read_frame(frame);

	to.sll_ifindex = ifindex;
	if (fd < 0 || setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one, sizeof(one)))
		err(1, "PACKET_QDISC_BYPASS");
	if (sendto(fd, frame, len, 0, (struct sockaddr *)&to, sizeof(to)) < 0)
		err(1, "sendto");
}

int main(int argc, char **argv)
{
	unsigned int ifindex = argc == 3 ? if_nametoindex(argv[2]) : 0;

	if (!ifindex)
		errx(2, "usage: direct xsk|bypass IFNAME");
	if (!strcmp(argv[1], "xsk"))
		by_xsk(ifindex);
	else
		by_bypass(ifindex);
	return 0;
}
