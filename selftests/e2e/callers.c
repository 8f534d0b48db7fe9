// SPDX-License-Identifier: GPL-2.0-only
/*
 * callers PORT: sends datagrams on the loopback interface, each to another port from PORT
 * on and by another system call, and reads it there by another one. It says, a line for
 * each, by which:
 *
 *	PORT CALL FD SOCKET CALL FD SOCKET
 *
 * SOCKET is the inode number; "-" where the call has no descriptor that tells, or where
 * this kernel cannot do it: then nothing is sent.
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static char bytes[] = "hello";
static struct iovec vec = { bytes, sizeof(bytes) };
static struct mmsghdr messages = { .msg_hdr = { .msg_iov = &vec, .msg_iovlen = 1 } };

static int by_sendto(int fd)
{
	return send(fd, bytes, sizeof(bytes), 0);
}

static int by_sendmsg(int fd)
{
	return sendmsg(fd, &messages.msg_hdr, 0);
}

static int by_sendmmsg(int fd)
{
	return sendmmsg(fd, &messages, 1, 0);
}

static int by_write(int fd)
{
	return write(fd, bytes, sizeof(bytes));
}

static int by_writev(int fd)
{
	return writev(fd, &vec, 1);
}

static int by_sendfile(int fd)
{
	int file = memfd_create("callers", 0);
	off_t at = 0;

	if (write(file, bytes, sizeof(bytes)) < 0)
		err(1, "write");
	return sendfile(fd, file, &at, sizeof(bytes));
}

static int by_splice(int fd)
{
	int ends[2];

	if (pipe(ends) || write(ends[1], bytes, sizeof(bytes)) < 0)
		err(1, "pipe");
	return splice(ends[0], NULL, fd, NULL, sizeof(bytes), 0);
}

/* A ring of one entry, without a library. Returns its descriptor, or -1. */
static int ring_new(struct io_uring_params *params, uint32_t **sq, struct io_uring_sqe **sqe)
{
	int ring = syscall(__NR_io_uring_setup, 1, params);

	if (ring < 0)
		return -1;
	*sq = mmap(NULL, params->sq_off.array + 4, PROT_READ | PROT_WRITE, MAP_SHARED, ring,
		   IORING_OFF_SQ_RING);
	*sqe = mmap(NULL, sizeof(**sqe), PROT_READ | PROT_WRITE, MAP_SHARED, ring,
		    IORING_OFF_SQES);
	return *sq == MAP_FAILED || *sqe == MAP_FAILED ? -1 : ring;
}

static int ring_fd;

static int by_ring(int fd, int flags, int ring_flags)
{
	struct io_uring_params params = { .flags = ring_flags, .sq_thread_idle = 1000 };
	struct io_uring_sqe *sqe;
	uint32_t *sq;

	ring_fd = ring_new(&params, &sq, &sqe);
	if (ring_fd < 0)
		return -1;
	*sqe = (struct io_uring_sqe){
		.opcode = IORING_OP_SEND, .flags = flags, .fd = fd,
		.addr = (uintptr_t)bytes, .len = sizeof(bytes),
	};
	sq[params.sq_off.array / 4] = 0;
	__atomic_store_n(&sq[params.sq_off.tail / 4], 1, __ATOMIC_RELEASE);
	return syscall(__NR_io_uring_enter, ring_fd, 1, 1,
		       IORING_ENTER_GETEVENTS | IORING_ENTER_SQ_WAKEUP, NULL, 0);
}

static int by_io_uring_enter(int fd)
{
	return by_ring(fd, 0, 0);
}

static int by_io_uring(int fd)
{
	return by_ring(fd, IOSQE_ASYNC, 0);
}

/* The ring has a thread of the kernel's that sends. */
static int by_sq_thread(int fd)
{
	return by_ring(fd, 0, IORING_SETUP_SQPOLL);
}

#ifdef __x86_64__
static sigjmp_buf refused;

static void refuse(int signal)
{
	(void)signal;
	siglongjmp(refused, 1);
}

/* write() by the gate of 32-bit programs, which a kernel may have closed. */
static int by_compat(int fd)
{
	char *low = mmap(NULL, getpagesize(), PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	long result = 4;	/* __NR_write of i386 */

	if (low == MAP_FAILED || sigsetjmp(refused, 1))
		return -1;
	signal(SIGSEGV, refuse);
	asm volatile("int $0x80"
		     : "+a"(result)
		     : "b"(fd), "c"(low), "d"(1)
		     : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
}
#endif

static char room[64];
static struct iovec room_vec = { room, sizeof(room) };
static struct mmsghdr got = { .msg_hdr = { .msg_iov = &room_vec, .msg_iovlen = 1 } };

static int by_recvfrom(int fd)
{
	return recv(fd, room, sizeof(room), 0);
}

static int by_recvmsg(int fd)
{
	return recvmsg(fd, &got.msg_hdr, 0);
}

static int by_recvmmsg(int fd)
{
	return recvmmsg(fd, &got, 1, 0, NULL);
}

static int by_read(int fd)
{
	return read(fd, room, sizeof(room));
}

static int by_readv(int fd)
{
	return readv(fd, &room_vec, 1);
}

static const struct {
	const char *name;
	int (*call)(int fd);
} senders[] = {
	{ "sendto", by_sendto }, { "sendmsg", by_sendmsg }, { "sendmmsg", by_sendmmsg },
	{ "write", by_write }, { "writev", by_writev }, { "sendfile", by_sendfile },
	{ "splice", by_splice }, { "io_uring_enter", by_io_uring_enter },
	{ "io_uring", by_io_uring }, { "io_uring", by_sq_thread },
#ifdef __x86_64__
	{ "compat", by_compat },
#endif
}, readers[] = {
	{ "recvfrom", by_recvfrom }, { "recvmsg", by_recvmsg }, { "recvmmsg", by_recvmmsg },
	{ "read", by_read }, { "readv", by_readv },
};

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

static unsigned long inode(int fd)
{
	struct stat st;

	if (fstat(fd, &st))
		err(1, "fstat");
	return st.st_ino;
}

static int bound(struct sockaddr_in *at)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)at, sizeof(*at)))
		err(1, "bind");
	return fd;
}

/* A sender that has sent, and what reads it. */
struct sent {
	int port, from, to;
	int ring;	/* that has been told to send */
};

static void say(const struct sent *s, const char *by, const char *reader)
{
	printf("%d %s ", s->port, by);
	if (!strcmp(by, "io_uring_enter"))
		printf("%d -", s->ring);
	else if (!strcmp(by, "io_uring") || !strcmp(by, "compat"))
		printf("- -");
	else
		printf("%d %lu", s->from, inode(s->from));
	printf(" %s %d %lu\n", reader, s->to, inode(s->to));
}

/* Sends by sender number i; port 0: it cannot. */
static struct sent send_by(size_t i, int port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(port) };
	struct sent s = { .port = port };

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	s.to = bound(&at);
	s.from = socket(AF_INET, SOCK_DGRAM, 0);
	if (s.from < 0 || connect(s.from, (struct sockaddr *)&at, sizeof(at)))
		err(1, "connect");
	if (senders[i].call(s.from) < 0) {
		warn("%s", senders[i].name);
		s.port = 0;
	}
	s.ring = ring_fd;
	return s;
}

/* All are sent before any is read: else memory would serve twice. */
int main(int argc, char **argv)
{
	struct sent sent[COUNT(senders)];
	size_t i, reader;

	if (argc != 2)
		errx(2, "usage: callers PORT");
	for (i = 0; i < COUNT(senders); i++)
		sent[i] = send_by(i, atoi(argv[1]) + i);
	for (i = 0; i < COUNT(senders); i++) {
		reader = i % COUNT(readers);
		if (!sent[i].port)
			continue;
		if (readers[reader].call(sent[i].to) < 0)
			err(1, "%s", readers[reader].name);
		say(&sent[i], senders[i].name, readers[reader].name);
	}
	return 0;
}
