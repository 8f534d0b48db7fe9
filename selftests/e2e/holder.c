// SPDX-License-Identifier: GPL-2.0-only
/*
 * holder PORT: a connection of TCP on the loopback interface, whose data wait in all
 * queues of a socket. It sends single bytes, each in a segment with PSH:
 *
 * 1. a byte of priority LATE, which "tc" delays, and one behind it, which is faster, and
 *    so waits out of order;
 * 2. a byte; its reader's buffer is a page that is not there (userfaultfd(2)), so it holds
 *    the socket as long as that is so; another byte, which waits in the backlog.
 *
 * It says "NAME FD SOCKET" of the side that reads: its name is not that of who writes.
 */
#include <arpa/inet.h>
#include <err.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LATE		0x10003	/* the class 1:3 */
#define HOLD_US		20000	/* so long is the socket held */

static int from, to;
static char *page;	/* that is not there */

static void send_byte(int priority)
{
	if (setsockopt(from, SOL_SOCKET, SO_PRIORITY, &priority, sizeof(priority)) ||
	    write(from, "x", 1) != 1)
		err(1, "write");
}

static void *read_bytes(void *buf)
{
	prctl(PR_SET_NAME, "held");
	if (recv(to, buf, 1, 0) != 1 || recv(to, (char *)buf + 1, 1, 0) != 1)
		err(1, "recv");
	return NULL;
}

static void connect_both(int port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(port) };
	int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) ||
	    bind(listener, (struct sockaddr *)&at, sizeof(at)) || listen(listener, 1))
		err(1, "listen");
	from = socket(AF_INET, SOCK_STREAM, 0);
	if (setsockopt(from, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) ||
	    connect(from, (struct sockaddr *)&at, sizeof(at)))
		err(1, "connect");
	to = accept(listener, NULL, NULL);
	if (to < 0)
		err(1, "accept");
}

/* Returns a descriptor that tells who wants the page. */
static int hide_page(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = { .mode = UFFDIO_REGISTER_MODE_MISSING };
	int fd = syscall(__NR_userfaultfd, O_CLOEXEC);

	page = mmap(NULL, getpagesize(), PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	reg.range.start = (uintptr_t)page;
	reg.range.len = getpagesize();
	if (fd < 0 || page == MAP_FAILED || ioctl(fd, UFFDIO_API, &api) ||
	    ioctl(fd, UFFDIO_REGISTER, &reg))
		err(1, "userfaultfd");
	return fd;
}

static void show_page(int fd)
{
	struct uffdio_zeropage zero = {
		.range = { .start = (uintptr_t)page, .len = getpagesize() },
	};

	if (ioctl(fd, UFFDIO_ZEROPAGE, &zero))
		err(1, "UFFDIO_ZEROPAGE");
}

static void out_of_order(void)
{
	pthread_t reader;
	char buf[2];

	pthread_create(&reader, NULL, read_bytes, buf);
	send_byte(LATE);
	send_byte(0);
	pthread_join(reader, NULL);
}

static void in_backlog(void)
{
	int fd = hide_page();
	struct uffd_msg want;
	pthread_t reader;

	pthread_create(&reader, NULL, read_bytes, page);
	send_byte(0);
	if (read(fd, &want, sizeof(want)) != sizeof(want))
		err(1, "userfaultfd");
	send_byte(0);
	usleep(HOLD_US);
	show_page(fd);
	pthread_join(reader, NULL);
}

int main(int argc, char **argv)
{
	struct stat st;

	if (argc != 2)
		errx(2, "usage: holder PORT");
	connect_both(atoi(argv[1]));
	out_of_order();
	in_backlog();
	if (fstat(to, &st))
		err(1, "fstat");
	printf("held %d %lu\n", to, (unsigned long)st.st_ino);
	return 0;
}
