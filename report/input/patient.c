// SPDX-License-Identifier: GPL-2.0-only
#include "patient.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/time.h>
#include <sys/types.h>
#include <unistd.h>

#define BUFFER	65536	/* bytes */

/* What a cookie's function says of a failure: fopencookie(3); musl wants another. */
#ifdef __GLIBC__
#define FAILED	0
#else
#define FAILED	(-1)
#endif

static volatile sig_atomic_t idle;	/* seconds in which nothing was taken */
static bool given_up;

/* The timer goes on: a write that begins behind a look at idle ends as well. */
static void on_signal(int number)
{
	const struct itimerval second = { { 1, 0 }, { 1, 0 } };

	if (number == SIGALRM)
		idle++;
	else
		setitimer(ITIMER_REAL, &second, NULL);
}

int patient_write(int fd, const char *buf, size_t size)
{
	ssize_t done;

	idle = 0;
	while (size) {
		given_up |= idle >= PATIENCE_SEC;
		if (given_up)
			return -EINTR;
		done = write(fd, buf, size);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -errno;
		idle = 0;
		buf += done;
		size -= done;
	}
	return 0;
}

static ssize_t put(void *cookie, const char *buf, size_t size)
{
	int err = patient_write(STDOUT_FILENO, buf, size);

	(void)cookie;
	errno = -err;
	return err ? FAILED : (ssize_t)size;
}

FILE *patient_open(void)
{
	const struct sigaction handler = { .sa_handler = on_signal };
	const cookie_io_functions_t io = { .write = put };
	FILE *out = fopencookie(NULL, "w", io);

	if (!out || setvbuf(out, NULL, _IOFBF, BUFFER))
		return NULL;
	sigaction(SIGUSR1, &handler, NULL);
	sigaction(SIGALRM, &handler, NULL);
	return out;
}
