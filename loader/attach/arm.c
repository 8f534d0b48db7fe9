// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <time.h>

#include "arm.h"

#define NS_PER_SEC	1000000000ULL
#define ARMED_SEC	3	/* a run that was killed stays armed no longer */
#define RENEW_SEC	1

static struct timespec from_now(int seconds)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	time.tv_sec += seconds;
	return time;
}

static void renew(struct arm *arm)
{
	struct timespec until = from_now(ARMED_SEC);

	*arm->until = until.tv_sec * NS_PER_SEC + until.tv_nsec;
}

/*
 * On a machine that is busy with packets nobody else may run in time (sched(7)). A
 * moment once a second does no harm; where it is not allowed, it must do without.
 */
static void be_in_time(void)
{
	const struct sched_param first = { .sched_priority = 1 };

	pthread_setschedparam(pthread_self(), SCHED_FIFO, &first);
}

static void *keep_armed(void *ctx)
{
	struct arm *arm = ctx;
	struct timespec next;

	be_in_time();
	pthread_mutex_lock(&arm->lock);
	while (!arm->ended) {
		renew(arm);
		next = from_now(RENEW_SEC);
		pthread_cond_timedwait(&arm->end, &arm->lock, &next);
	}
	pthread_mutex_unlock(&arm->lock);
	return NULL;
}

int arm_start(struct arm *arm, volatile __u64 *until)
{
	pthread_condattr_t clock;

	arm->until = until;
	arm->ended = 0;
	pthread_mutex_init(&arm->lock, NULL);
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&arm->end, &clock);
	renew(arm);
	return -pthread_create(&arm->thread, NULL, keep_armed, arm);
}

void arm_stop(struct arm *arm)
{
	pthread_mutex_lock(&arm->lock);
	arm->ended = 1;
	pthread_cond_signal(&arm->end);
	pthread_mutex_unlock(&arm->lock);
	pthread_join(arm->thread, NULL);
	*arm->until = 0;
}
