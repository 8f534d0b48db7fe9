// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attaching waits far more than it works (RCU grace periods, text patching),
 * so a pool of threads does it side by side; closing waits likewise.
 */
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "attach.h"
#include "prog.h"

#define THREADS		16

struct pool {
	struct attached *attached;
	const char *dir;
	void (*job)(struct pool *pool, __u32 i);
	atomic_uint next;
	atomic_int error;	/* the first fatal one */
};

static void *pool_thread(void *arg)
{
	struct pool *pool = arg;
	__u32 i;

	while ((i = atomic_fetch_add(&pool->next, 1)) <
	       pool->attached->plan->count)
		pool->job(pool, i);
	return NULL;
}

/* The first job goes alone: what is wrong with all is said once. */
static void pool_run(struct pool *pool)
{
	pthread_t threads[THREADS];
	int count = 0;

	pool->job(pool, atomic_fetch_add(&pool->next, 1));
	while (count < THREADS &&
	       !pthread_create(&threads[count], NULL, pool_thread, pool))
		count++;
	if (!count)
		pool_thread(pool);
	while (count)
		pthread_join(threads[--count], NULL);
}

static const struct attach_ops *probe_ops(const struct probe *probe)
{
	switch (probe->how) {
	case HOW_KPROBE:
		return &attach_kprobe;
	case HOW_TRACEPOINT:
		return &attach_tracepoint;
	default:
		return NULL;
	}
}

static void attach_one(struct pool *pool, __u32 i)
{
	const struct probe *probe = &pool->attached->plan->probes[i];
	const struct attach_ops *ops = probe_ops(probe);
	int prog_fd;

	if (!ops || pool->error)
		return;
	prog_fd = prog_load_file(probe->object, pool->dir, 0);
	if (prog_fd < 0) {
		pool->error = prog_fd;
		return;
	}
	pool->attached->fds[i] = ops->attach(probe, prog_fd);
	close(prog_fd);
}

static void detach_one(struct pool *pool, __u32 i)
{
	if (pool->attached->fds[i] >= 0)
		close(pool->attached->fds[i]);
}

/* Probes of one number stand side by side and count as one function. */
static void count_functions(struct attached *attached)
{
	const struct plan *plan = attached->plan;
	__u32 last = 0, last_attached = 0;

	for (__u32 i = 0; i < plan->count; i++) {
		__u32 num = plan->probes[i].num;

		attached->total += num != last;
		last = num;
		if (attached->fds[i] >= 0 && num != last_attached) {
			attached->count++;
			last_attached = num;
		}
	}
}

int attach_plan(const struct plan *plan, const char *dir,
		struct attached *attached)
{
	struct pool pool = {
		.attached = attached,
		.dir = dir,
		.job = attach_one,
	};

	memset(attached, 0, sizeof(*attached));
	attached->plan = plan;
	if (!plan->count)
		return 0;
	attached->fds = malloc(plan->count * sizeof(*attached->fds));
	if (!attached->fds)
		return -ENOMEM;
	for (__u32 i = 0; i < plan->count; i++)
		attached->fds[i] = -ENOENT;
	pool_run(&pool);
	if (pool.error) {
		attach_undo(attached);
		return pool.error;
	}
	count_functions(attached);
	return 0;
}

void attach_undo(struct attached *attached)
{
	struct pool pool = { .attached = attached, .job = detach_one };

	if (!attached->fds)
		return;
	pool_run(&pool);
	free(attached->fds);
	attached->fds = NULL;
}

void attach_summary(const struct attached *attached, int names)
{
	const struct plan *plan = attached->plan;

	warnx("%u of %u functions probed%s", attached->count, attached->total,
	      names || attached->count == attached->total ? "" :
							    "; -v names the rest");
	for (__u32 i = 0; names && i < plan->count; i++) {
		const struct probe *probe = &plan->probes[i];

		if (attached->fds[i] < 0)
			warnx("  not probed: %s: %s", probe->name,
			      probe->how == HOW_SKIP ?
				      probe->why :
				      strerror(-attached->fds[i]));
	}
}
