// SPDX-License-Identifier: GPL-2.0-only
#include "input.h"
#include "patient.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int fail(int err, const char *name)
{
	errno = -err;
	warn("%s", name);
	return err;
}

/* A FIFO waits for its other end. */
static int open_waiting(const char *name, int flags)
{
	int fd;

	do
		fd = open(name, flags | O_CLOEXEC, 0666);
	while (fd < 0 && errno == EINTR);
	return fd;
}

static bool is_same_file(int a, int b)
{
	struct stat x, y;

	return !fstat(a, &x) && !fstat(b, &y) && S_ISREG(x.st_mode) &&
	       x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* Opens the copy, which must not be the file that is read. */
static int open_copy(struct input *in)
{
	in->copy = open_waiting(in->copy_name, O_WRONLY | O_CREAT);
	if (in->copy < 0)
		return fail(-errno, in->copy_name);
	if (is_same_file(in->fd, in->copy)) {
		warnx("%s: is the file that is read", in->copy_name);
		return -EINVAL;
	}
	if (ftruncate(in->copy, 0) && errno != EINVAL)
		return fail(-errno, in->copy_name);
	return 0;
}

int input_open(struct input *in, const char *name, const char *copy_name)
{
	memset(in, 0, sizeof(*in));
	in->watch = STDOUT_FILENO;
	in->copy = -1;
	in->copy_name = copy_name;
	if (name && strcmp(name, "-")) {
		in->name = name;
		in->fd = open_waiting(name, O_RDONLY);
	} else {
		in->name = "stdin";
		in->fd = STDIN_FILENO;
	}
	if (in->fd < 0)
		return fail(-errno, name);
	return copy_name ? open_copy(in) : 0;
}

/*
 * Waits until there is something to read. Returns 0, or -EPIPE when nobody
 * reads our output any more (poll(2): POLLERR on the write end of a pipe).
 */
static int wait_input(const struct input *in)
{
	struct pollfd fds[] = {
		{ .fd = in->fd, .events = POLLIN },
		{ .fd = in->watch },
	};

	do {
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return -errno;
		if (fds[1].revents & (POLLERR | POLLHUP))
			return -EPIPE;
	} while (!fds[0].revents);
	return 0;
}

/* Says that the copy failed, once; reading goes on without it. */
static void drop_copy(struct input *in, int err)
{
	in->copy_error = fail(err, in->copy_name);
	close(in->copy);
	in->copy = -1;
}

/*
 * lines_read_fn: reads from the struct input that source points to, as soon as
 * there is something, and copies it. Returns bytes, 0 at the end, -errno;
 * -EPIPE when nobody reads our output any more.
 */
ssize_t input_read(void *source, char *buf, size_t size)
{
	struct input *in = source;
	ssize_t got;
	int err;

	do {
		err = wait_input(in);
		if (err)
			return err;
		got = read(in->fd, buf, size);
	} while (got < 0 && (errno == EINTR || errno == EAGAIN));
	if (got < 0)
		return -errno;
	if (got)
		in->cut = buf[got - 1] != '\n';
	err = in->copy < 0 ? 0 : patient_write(in->copy, buf, got);
	if (err)
		drop_copy(in, err);
	return got;
}

void input_finish(struct input *in)
{
	char c;

	while (in->copy >= 0 && in->cut && input_read(in, &c, 1) > 0)
		;
}

int input_close(struct input *in)
{
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	if (in->copy >= 0 && close(in->copy))
		in->copy_error = fail(-errno, in->copy_name);
	return in->copy_error;
}
