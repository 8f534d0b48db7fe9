// SPDX-License-Identifier: GPL-2.0-only
#include "apart.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file.h"

static void limit(int what, rlim_t most)
{
	struct rlimit now;

	if (getrlimit(what, &now))
		return;
	if (now.rlim_max != RLIM_INFINITY && now.rlim_max < most)
		most = now.rlim_max;
	now.rlim_cur = most;
	setrlimit(what, &now);
}

static void set_limits(void)
{
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, APART_SECONDS);
#ifndef __SANITIZE_ADDRESS__	/* which takes terabytes of addresses */
	limit(RLIMIT_AS, (rlim_t)APART_MB << 20);
#endif
}

static _Noreturn void run_child(void (*fn)(void *ctx, FILE *out), void *ctx,
				int fd)
{
	FILE *out = fdopen(fd, "w");

	set_limits();
	if (out)
		fn(ctx, out);
	_exit(!out || fclose(out));
}

/* How the process ended, as apart_run() says it. */
static int wait_child(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	if (WIFSIGNALED(status))
		return WTERMSIG(status);
	return WEXITSTATUS(status) ? -EIO : 0;
}

int apart_run(void (*fn)(void *ctx, FILE *out), void *ctx, char **bytes,
	      size_t *size)
{
	int fds[2], err, ended;
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC))
		return -errno;
	pid = fork();
	if (!pid) {
		close(fds[0]);
		run_child(fn, ctx, fds[1]);
	}
	err = pid < 0 ? -errno : 0;
	*bytes = NULL;
	close(fds[1]);
	if (!err) {
		err = file_read_fd(fds[0], bytes, size);
		ended = wait_child(pid);
		err = err ? err : ended;
	}
	if (err) {
		free(*bytes);
		*bytes = NULL;
	}
	close(fds[0]);
	return err;
}
