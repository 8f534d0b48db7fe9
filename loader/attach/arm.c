// SPDX-License-Identifier: GPL-2.0-only
#include "arm.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "../lib/clock.h"

#define ARMED_SEC	3	/* a run that was killed stays armed no longer */
#define RENEW_MS	1000
#define MOMENT_NS	(NS_PER_SEC / 2)
#define WAKE		SIGUSR1

static void renew(struct arm *arm)
{
	pthread_mutex_lock(&arm->lock);
	if (!arm->disarmed)
		*arm->until = clock_ns() + ARMED_SEC * NS_PER_SEC;
	pthread_mutex_unlock(&arm->lock);
}

void arm_stop(struct arm *arm)
{
	pthread_mutex_lock(&arm->lock);
	arm->disarmed = 1;
	*arm->until = 0;
	pthread_mutex_unlock(&arm->lock);
}

/*
 * Gives the thread real-time priority: on a machine that is busy with packets it might
 * not run in time otherwise (sched(7)). It needs a moment once a second, which does no
 * harm. Where that is not allowed, it runs without.
 */
static void be_in_time(void)
{
	const struct sched_param first = { .sched_priority = 1 };

	pthread_setschedparam(pthread_self(), SCHED_FIFO, &first);
}

static bool takes_output(int fd)
{
	struct pollfd out = { .fd = fd, .events = POLLOUT };

	return poll(&out, 1, 0) > 0;
}

/* Not by stdio(3), whose lock the owner may hold while it waits. */
static void say_given_up(void)
{
	if (takes_output(STDERR_FILENO))
		dprintf(STDERR_FILENO,
			"%s: standard output is not read: given up\n",
			program_invocation_short_name);
}

/*
 * A write that begins after dup2() goes nowhere; one that has begun before is
 * interrupted by the signal, whose handler is set without SA_RESTART.
 */
static void give_up(struct arm *arm)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (arm->given_up || null < 0)
		return;
	arm->given_up = 1;
	say_given_up();
	if (!takes_output(STDERR_FILENO))
		dup2(null, STDERR_FILENO);
	dup2(null, STDOUT_FILENO);
	close(null);
	pthread_kill(arm->owner, WAKE);
}

/*
 * Ctrl-C comes to all processes of a terminal, and once more from the driver: signals
 * that come within a moment count as one.
 */
static void take_signal(struct arm *arm)
{
	struct signalfd_siginfo info;
	uint64_t now = clock_ns();

	while (read(arm->signal_fd, &info, sizeof(info)) == sizeof(info))
		;
	arm_stop(arm);
	if (!arm->signalled) {
		arm->signalled = now;
		eventfd_write(arm->news_fd, 1);
	} else if (now - arm->signalled > MOMENT_NS) {
		give_up(arm);
	}
}

/* Each second behind a signal. */
static void watch_output(struct arm *arm)
{
	unsigned long written = arm->written(arm->ctx);

	arm->idle = written == arm->last ? arm->idle + 1 : 0;
	arm->last = written;
	if (arm->idle >= ARM_PATIENCE_SEC && !takes_output(STDOUT_FILENO))
		give_up(arm);
}

static void *keep_armed(void *ctx)
{
	struct arm *arm = ctx;
	struct pollfd fds[] = {
		{ .fd = arm->end_fd, .events = POLLIN },
		{ .fd = arm->signal_fd, .events = POLLIN },
	};
	int count;

	be_in_time();
	for (;;) {
		renew(arm);
		count = poll(fds, 2, RENEW_MS);
		if (count > 0 && fds[0].revents)
			return NULL;
		if (count > 0 && fds[1].revents)
			take_signal(arm);
		if (!count && arm->signalled)
			watch_output(arm);
	}
}

static void wake(int number)
{
	(void)number;
}

int arm_start(struct arm *arm)
{
	const struct sigaction handler = { .sa_handler = wake };

	sigaction(WAKE, &handler, NULL);
	pthread_mutex_init(&arm->lock, NULL);
	arm->owner = pthread_self();
	arm->news_fd = eventfd(0, EFD_CLOEXEC);
	arm->end_fd = eventfd(0, EFD_CLOEXEC);
	if (arm->news_fd < 0 || arm->end_fd < 0)
		return -errno;
	renew(arm);
	return -pthread_create(&arm->thread, NULL, keep_armed, arm);
}

void arm_end(struct arm *arm)
{
	arm_stop(arm);
	eventfd_write(arm->end_fd, 1);
	pthread_join(arm->thread, NULL);
	close(arm->end_fd);
	close(arm->news_fd);
}
