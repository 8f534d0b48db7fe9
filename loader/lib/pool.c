// SPDX-License-Identifier: GPL-2.0-only
/*
 * Threads for what waits far more than it works: attaching and detaching (RCU
 * grace periods, text patching).
 */
#include "pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#define THREADS		16

struct pool {
	void (*job)(void *ctx, uint32_t i);
	void *ctx;
	uint32_t count;
	atomic_uint next;
};

static void *pool_thread(void *arg)
{
	struct pool *pool = arg;
	uint32_t i;

	while ((i = atomic_fetch_add(&pool->next, 1)) < pool->count)
		pool->job(pool->ctx, i);
	return NULL;
}

void pool_run(uint32_t count, void (*job)(void *ctx, uint32_t i), void *ctx)
{
	struct pool pool = { .job = job, .ctx = ctx, .count = count, .next = 1 };
	pthread_t threads[THREADS];
	uint32_t started = 0;

	if (!count)
		return;
	job(ctx, 0);
	while (started < THREADS && started + 1 < count &&
	       !pthread_create(&threads[started], NULL, pool_thread, &pool))
		started++;
	pool_thread(&pool);
	while (started)
		pthread_join(threads[--started], NULL);
}
