// SPDX-License-Identifier: GPL-2.0-only
#include "signals.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/signalfd.h>

static const int ending[] = { SIGINT, SIGTERM, SIGHUP };

#define COUNT (sizeof(ending) / sizeof(*ending))

static bool is_ignored(int number)
{
	struct sigaction now;

	return !sigaction(number, NULL, &now) && now.sa_handler == SIG_IGN;
}

/*
 * A shell starts background commands with SIGINT ignored: that is undone. Any
 * other that is ignored was meant so (nohup(1)), and would come all the same
 * when it is held back.
 */
int signals_open(void)
{
	sigset_t set;
	int fd;

	signal(SIGINT, SIG_DFL);
	sigemptyset(&set);
	for (size_t i = 0; i < COUNT; i++)
		if (!is_ignored(ending[i]))
			sigaddset(&set, ending[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return fd < 0 ? -errno : fd;
}

int signals_pending(void)
{
	sigset_t set;

	if (sigpending(&set))
		return 0;
	for (size_t i = 0; i < COUNT; i++)
		if (sigismember(&set, ending[i]) && !is_ignored(ending[i]))
			return ending[i];
	return 0;
}
