// SPDX-License-Identifier: GPL-2.0-only
/* What of the kernel's answers is asked again. */
#include <errno.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../../../loader/kernel/netdevs.h"
#include "../../../loader/kernel/sys.h"
#include "../tap.h"

static int refusals;	/* answers before the good one, … */
static int refusal;	/* … with this errno */
static int calls;

static long answer(long good)
{
	calls++;
	if (refusals-- <= 0)
		return good;
	errno = refusal;
	return -1;
}

/* Instead of the C library's. */
long syscall(long number, ...)
{
	(void)number;
	return answer(7);
}

ssize_t send(int fd, const void *data, size_t len, int flags)
{
	(void)fd;
	(void)data;
	(void)flags;
	return answer((long)len);
}

ssize_t recv(int fd, void *data, size_t len, int flags)
{
	(void)fd;
	(void)data;
	(void)len;
	(void)flags;
	return answer(0);
}

static void refuse(int count, int number)
{
	refusals = count;
	refusal = number;
	calls = 0;
}

static void test_prog_load(void)
{
	const struct prog_attr attr = { .name = "p", .license = "GPL" };

	refuse(3, EAGAIN);
	ok(sys_prog_load(&attr) == 7 && calls == 4,
	   "a program that a signal has kept from being verified is loaded again");
	refuse(1000, EAGAIN);
	ok(sys_prog_load(&attr) == -EAGAIN && calls < 100, "but not for ever");
	refuse(1, EPERM);
	ok(sys_prog_load(&attr) == -EPERM && calls == 1,
	   "what is refused is not tried again");
}

static void test_netdevs(void)
{
	refuse(2, EINTR);
	ok(!netdevs_ask(0) && calls == 3, "a question that was interrupted");
	refuse(2, EINTR);
	ok(!netdevs_read(0, NULL, NULL) && calls == 3,
	   "an answer that was interrupted");
}

int main(void)
{
	tap_plan(5);
	test_prog_load();
	test_netdevs();
	return tap_done();
}
