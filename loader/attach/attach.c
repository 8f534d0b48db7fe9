// SPDX-License-Identifier: GPL-2.0-only
/*
 * From a plan to probes. Probes that share an object make a program; a job
 * attaches one probe of it, or all where the mechanism takes many at once. A
 * job that the kernel refuses is tried again in halves, until it is known
 * which function is to blame. Probes of returns are attached first: of the probes
 * of a function the last one runs first, and finds its return address untouched.
 */
#include "attach.h"

#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "attached.h"
#include "module_btf.h"
#include "target.h"
#include "../filter/wanted.h"
#include "../lib/pool.h"
#include "../lib/signals.h"
#include "../kernel/prog.h"
#include "../plan/returns.h"

#define OBJECT_FILES	16	/* descriptors for an object: its maps, … */
#define SPARE_FILES	64	/* … and for everything else */

/* It is there only while it has jobs: a list may have hundreds of objects. */
struct program {
	const struct attach_ops *ops;
	const struct probe *probe;	/* the first one of it */
	uint32_t jobs;			/* that are not done */
	pthread_mutex_t lock;		/* of the above, and of opening it */
	struct bound bound;
};

struct job {
	struct program *program;
	const struct probe **probes;
	uint32_t count;
};

struct attaching {
	struct attached *attached;
	const struct binding *binding;
	struct filters never;		/* for programs that select nothing */
	const struct probe **probes;	/* those to attach, by object */
	uint32_t probe_count;
	struct program *programs;
	uint32_t program_count;
	struct job *jobs;
	uint32_t job_count;
	uint32_t first_job;		/* of those that are run now */
	struct module_btfs btfs;
	pthread_mutex_t lock;		/* of the attachments */
	atomic_int err;		/* the first fatal one */
};

static const struct attach_ops *probe_ops(const struct probe *probe)
{
	switch (probe->how) {
	case HOW_KPROBE:
	case HOW_RULE_KPROBE:
		return &attach_kprobe;
	case HOW_KPROBE_RETURN:
		return &attach_kprobe_return;
	case HOW_MULTI:
		return &attach_multi;
	case HOW_MULTI_RETURN:
		return &attach_multi_return;
	case HOW_SESSION:
		return &attach_session;
	case HOW_FENTRY:
	case HOW_FEXIT:
	case HOW_FENTRY_RETURN:
	case HOW_RULE_FENTRY:
	case HOW_RULE_FEXIT:
		return &attach_fentry;
	case HOW_TRACEPOINT:
	case HOW_RECEIVE:
		return &attach_tracepoint;
	default:
		return NULL;
	}
}

/* There is room for it: an attachment has at least one probe. */
static void add_attachment(struct attaching *it, struct attachment made)
{
	pthread_mutex_lock(&it->lock);
	it->attached->attachments[it->attached->attachment_count++] = made;
	pthread_mutex_unlock(&it->lock);
}

static void set_errors(struct attaching *it, const struct job *job, int err,
		       int refused)
{
	const struct probe *first = it->attached->plan->probes;

	for (uint32_t i = 0; i < job->count; i++) {
		it->attached->errors[job->probes[i] - first] = err;
		it->attached->refused[job->probes[i] - first] = refused;
	}
}

/* These are loaded for one function, which decides whether that works. */
static bool is_for_function(const struct probe *probe)
{
	return probe_ops(probe) == &attach_fentry;
}

/* The number of a kernel's function (kernel_consts.h), 0: it has none. */
static uint32_t session_id(const struct binding *binding)
{
	uint64_t id = 0;

	consts_get(binding->consts, SESSION_FUNC, &id);
	return id;
}

/*
 * *refused: the function could be probed, or that is not permitted. To know this it tries
 * another program there: the kernel has the same errors for a function that takes none
 * and for a program that the verifier refuses.
 */
static int load_for_function(struct attaching *it, const struct job *job,
			     struct target *target, int *refused)
{
	const struct probe *probe = job->probes[0];
	const struct bound *bound = &job->program->bound;
	int fd;

	target->btf_id = probe->btf_id;
	target->btf_fd = module_btf_fd(&it->btfs, probe->module);
	fd = target->btf_fd < 0 ? target->btf_fd : prog_load(bound, target);
	*refused = fd == -EPERM ||
		   (fd < 0 && target->btf_fd >= 0 && !prog_try(bound, target));
	return fd;
}

static int load(struct attaching *it, const struct job *job, int *refused)
{
	const struct probe *probe = job->probes[0];
	struct target target = { .session_id = session_id(it->binding) };
	int fd = target_constants(probe, &target);

	*refused = 0;
	if (!fd && is_for_function(probe)) {
		fd = load_for_function(it, job, &target, refused);
		consts_free(&target.consts);
		return fd;
	}
	if (!fd)
		fd = prog_load(&job->program->bound, &target);
	consts_free(&target.consts);
	if (fd < 0)
		it->err = fd;
	return fd;
}

/*
 * Does that error of attaching mean that it is not permitted, or that there are too many
 * programs (kernel/bpf/trampoline.c)? Others mean that no program can be there.
 */
static int is_refusal(int err)
{
	return err == -EPERM || err == -E2BIG;
}

static void attach_job(struct attaching *it, const struct job *job)
{
	struct job half = *job;
	int refused;
	struct attachment made = {
		.prog_fd = load(it, job, &refused),
		.is_return = job->probes[0]->role == PROBE_RETURN,
		.is_free = probe_is_free(job->probes[0]),
	};

	if (made.prog_fd < 0) {
		set_errors(it, job, made.prog_fd, refused);
		return;
	}
	made.fd = job->program->ops->attach(made.prog_fd, job->probes,
					    job->count);
	set_errors(it, job, made.fd < 0 ? made.fd : 0, is_refusal(made.fd));
	if (made.fd >= 0) {
		add_attachment(it, made);
		return;
	}
	close(made.prog_fd);
	if (job->probes[0]->role == PROBE_RECEIVE)
		it->err = made.fd;
	if (job->count == 1 || it->err)
		return;
	half.count = job->count / 2;
	attach_job(it, &half);
	half.probes += half.count;
	half.count = job->count - half.count;
	attach_job(it, &half);
}

/*
 * Opens the program, for the first of its jobs. Only programs that select get a filter, so
 * that the verifier sees it no more often than needed.
 */
static void open_program(struct attaching *it, struct program *program)
{
	struct binding binding = *it->binding;
	int err = 0;

	if (!probe_stage(program->probe) &&
	    program->probe->role != PROBE_RECEIVE)
		binding.funcs = it->never.funcs;
	pthread_mutex_lock(&program->lock);
	if (!program->bound.obj && !it->err)
		err = bound_open(program->probe->object, &binding,
				   &program->bound);
	pthread_mutex_unlock(&program->lock);
	if (err)
		it->err = err;
}

/* By the last one. */
static void close_program(struct program *program)
{
	pthread_mutex_lock(&program->lock);
	if (!--program->jobs)
		bound_close(&program->bound);
	pthread_mutex_unlock(&program->lock);
}

static void run_job(void *ctx, uint32_t i)
{
	struct attaching *it = ctx;
	const struct job *job = &it->jobs[it->first_job + i];

	if (!it->err && signals_pending())
		it->err = -EINTR;
	if (!it->err)
		open_program(it, job->program);
	if (!it->err)
		attach_job(it, job);
	close_program(job->program);
}

static int compare_objects(const void *a, const void *b)
{
	const struct probe *const *left = a, *const *right = b;
	int order = probe_sees_return(*right) - probe_sees_return(*left);

	if (!order)
		order = ((*right)->role == PROBE_RECEIVE) -
			((*left)->role == PROBE_RECEIVE);
	if (!order)
		order = strcmp((*left)->object, (*right)->object);
	if (!order)
		order = target_group(*left) - target_group(*right);
	/* Those of a function stay together. */
	if (order)
		return order;
	return (*left)->addr < (*right)->addr ? -1 :
						(*left)->addr > (*right)->addr;
}

/*
 * Sorted by object, returns first: the probes of a program stand side by side. Then comes
 * what selects at a tracepoint, which must run before that is a step of the packet.
 */
static void find_probes(struct attaching *it)
{
	const struct plan *plan = it->attached->plan;

	for (uint32_t i = 0; i < plan->count; i++)
		if (probe_ops(&plan->probes[i]))
			it->probes[it->probe_count++] = &plan->probes[i];
	qsort(it->probes, it->probe_count, sizeof(*it->probes),
	      compare_objects);
}

static bool is_same_program(const struct probe *a, const struct probe *b)
{
	return !strcmp(a->object, b->object) &&
	       target_group(a) == target_group(b);
}

static void find_jobs(struct attaching *it)
{
	struct program *program = NULL;

	for (uint32_t i = 0; i < it->probe_count; i++) {
		const struct probe *probe = it->probes[i];
		int new = !program || !is_same_program(program->probe, probe);

		if (new) {
			program = &it->programs[it->program_count++];
			program->ops = probe_ops(probe);
			program->probe = probe;
			pthread_mutex_init(&program->lock, NULL);
		}
		if (new || !program->ops->many) {
			it->jobs[it->job_count++] =
				(struct job){ program, &it->probes[i], 0 };
			program->jobs++;
		}
		it->jobs[it->job_count - 1].count++;
	}
}

static void run_jobs(struct attaching *it)
{
	uint32_t returns = 0;

	while (returns < it->job_count &&
	       probe_sees_return(it->jobs[returns].probes[0]))
		returns++;
	pool_run(returns, run_job, it);
	it->first_job = returns;
	pool_run(it->job_count - returns, run_job, it);
}

/* Two descriptors for each probe, at worst: its program, its link. */
static void raise_file_limit(uint32_t probes, uint32_t objects)
{
	struct rlimit limit;
	rlim_t need = 2 * (rlim_t)probes + OBJECT_FILES * (rlim_t)objects +
		      SPARE_FILES;

	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= need)
		return;
	limit.rlim_cur = need;
	if (limit.rlim_max < need)
		limit.rlim_max = need;
	if (setrlimit(RLIMIT_NOFILE, &limit))
		warn("RLIMIT_NOFILE cannot be raised to %llu",
		     (unsigned long long)need);
}

static int attach_alloc(struct attaching *it)
{
	struct attached *attached = it->attached;
	size_t count = attached->plan->count + 1;

	it->probes = calloc(count, sizeof(*it->probes));
	it->programs = calloc(count, sizeof(*it->programs));
	it->jobs = calloc(count, sizeof(*it->jobs));
	attached->errors = malloc(count * sizeof(*attached->errors));
	attached->refused = calloc(count, sizeof(*attached->refused));
	attached->attachments = calloc(count, sizeof(*attached->attachments));
	if (!it->probes || !it->programs || !it->jobs || !attached->errors ||
	    !attached->refused || !attached->attachments)
		return -ENOMEM;
	for (uint32_t i = 0; i < count; i++)
		attached->errors[i] = -ENOENT;
	return 0;
}

static void attach_free(struct attaching *it)
{
	module_btfs_close(&it->btfs);
	filters_free(&it->never);
	free(it->jobs);
	free(it->programs);
	free(it->probes);
}

int attach_plan(const struct plan *plan, const struct binding *binding,
		struct attached *attached)
{
	struct attaching it = {
		.attached = attached,
		.binding = binding,
		.btfs.lock = PTHREAD_MUTEX_INITIALIZER,
		.lock = PTHREAD_MUTEX_INITIALIZER,
	};

	memset(attached, 0, sizeof(*attached));
	attached->plan = plan;
	it.err = attach_alloc(&it);
	if (!it.err)
		it.err = filters_never(&it.never);
	if (!it.err) {
		find_probes(&it);
		find_jobs(&it);
		raise_file_limit(it.probe_count, it.program_count);
		run_jobs(&it);
	}
	attach_free(&it);
	if (it.err)
		attached_undo(attached);
	else
		attached_count(attached);
	return it.err;
}
