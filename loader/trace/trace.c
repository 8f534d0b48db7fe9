// SPDX-License-Identifier: GPL-2.0-only
#include "trace.h"

#include <err.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../lib/clock.h"
#include "../lib/signals.h"
#include "../plan/copy_sites.h"
#include "../kernel/map.h"
#include "records.h"
#include "../plan/rules.h"
#include "../kernel/sys.h"
#include "stack.h"

#define LOOK_MS		50	/* a reader without descriptor */
#define TICK_MS		500
#define GATHER_MS	1
#define LOOK_LOST_NS	(NS_PER_SEC / 4)
#define LOST_AT_ONCE	4096

static void on_event(void *ctx, const struct event *event)
{
	struct trace *trace = ctx;

	trace->taken++;
	live_event(&trace->live, trace->now);
	netns_names_meet(&trace->watch, event->netns, event->ns, stdout);
	tracker_event(trace->tracker, event, trace->now);
}

/* The one value of the map "state", as memory (BPF_F_MMAPABLE, Linux 5.5). */
static int open_state(struct trace *trace)
{
	int err = 0, fd = map_open(trace->dir, "state");

	if (fd < 0)
		return fd;
	trace->state = mmap(NULL, sizeof(*trace->state),
			    PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (trace->state == MAP_FAILED) {
		err = -errno;
		warnx("map 'state': mmap: %s", strerror(-err));
	}
	close(fd);
	return err;
}

/* Also looks for programs of others that have come, each of which may have been a step. */
static int count_missed(void *ctx, uint64_t *total)
{
	struct trace *trace = ctx;
	uint64_t of_progs;
	int err = attached_missed(&trace->attached, total);

	progs_look(&trace->progs);
	if (!err)
		err = progs_missed(&trace->progs, &of_progs);
	if (!err)
		*total += of_progs;
	return err;
}

static unsigned long count_written(const void *tracker)
{
	return tracker_written(tracker);
}

int trace_open(struct trace *trace)
{
	int err = open_state(trace);

	if (err)
		return err;
	signal(SIGPIPE, SIG_IGN);
	trace->arm.signal_fd = signals_open();
	if (trace->arm.signal_fd < 0)
		return trace->arm.signal_fd;
	trace->skb_map_fd = map_open(trace->dir, "skb_map");
	if (trace->skb_map_fd < 0)
		return trace->skb_map_fd;
	trace->family_map_fd = map_open(trace->dir, "family_map");
	if (trace->family_map_fd < 0)
		return trace->family_map_fd;
	err = seen_open(&trace->seen, trace->dir);
	if (err)
		return err;
	trace->tracker = tracker_new(trace->reader.plan, stdout, &tracker_kernel_ops,
				     trace);
	if (!trace->tracker)
		return -ENOMEM;
	tracker_expect_bytes(trace->tracker, trace->bytes);
	tracker_expect_stacks(trace->tracker, trace->stacks, stack_limit());
	tracker_expect_fields(trace->tracker, trace->fields);
	tracker_name_by(trace->tracker, &trace->names);
	trace->missed = (struct missed){
		.count = count_missed,
		.clock = clock_ns,
		.ctx = trace,
	};
	trace->reader.run = getpid();
	trace->reader.event = on_event;
	trace->reader.ctx = trace;
	return trace->reader.ops->open(&trace->reader, trace->dir);
}

void trace_close(struct trace *trace)
{
	trace->reader.ops->close(&trace->reader);
	tracker_free(trace->tracker);
	results_free(trace->results);
	btfs_free(trace->btfs);
	close(trace->skb_map_fd);
	close(trace->family_map_fd);
	seen_close(&trace->seen);
	unselected_end(&trace->unselected);
	munmap((void *)trace->state, sizeof(*trace->state));
	close(trace->arm.signal_fd);
}

static void each_second(struct trace *trace)
{
	if (trace->now - trace->second < NS_PER_SEC)
		return;
	trace->second = trace->now;
	missed_sample(&trace->missed);
	tracker_expire(trace->tracker, trace->now);
}

/* Which functions are seen to return, and what. */
static void find_returns(struct trace *trace)
{
	const struct plan *plan = trace->attached.plan;

	for (uint32_t i = 0; i < plan->count; i++)
		if (probe_sees_return(&plan->probes[i]) &&
		    !trace->attached.errors[i])
			tracker_returns(trace->tracker, plan->probes[i].num);
	if (!trace->attached.returns || btfs_open(trace->btf, &trace->btfs))
		return;
	trace->results = results_new(plan, trace->btfs);
}

/* Who waits for that on the other end of a pipe may be gone. */
static void say_ready(const struct trace *trace)
{
	fprintf(stderr, "tracing %s …\n", trace->filter);
	for (int i = 0; i < 2; i++)
		if (trace->ready_fds[i] &&
		    (write(trace->ready_fds[i], "\n", 1) != 1 ||
		     close(trace->ready_fds[i])) && errno != EPIPE)
			warnx("descriptor %d: %s", trace->ready_fds[i],
			      strerror(errno));
}

static int begin(struct trace *trace)
{
	int err;

	find_returns(trace);
	if (trace->stacks)
		names_read_symbols(&trace->names);
	if (signals_pending())
		return -EINTR;
	trace->now = trace->matched = clock_ns();
	trace->state->run = trace->reader.run;
	trace->state->limit = trace->count;
	trace->state->follow = copy_sites_follow(trace->attached.plan,
					     trace->attached.errors);
	trace->state->per_cpu_offset = rules_per_cpu(trace->attached.plan);
	each_second(trace);
	trace->arm.until = &trace->state->armed_until;
	trace->arm.written = count_written;
	trace->arm.ctx = trace->tracker;
	err = arm_start(&trace->arm);
	if (err)
		warnx("thread: %s", strerror(-err));
	else
		say_ready(trace);
	if (!trace->quiet)
		live_begin(&trace->live, &trace->seen, trace->now, trace->count);
	return err;
}

/*
 * Waits for events, a signal or the end of the reader. 1: the run is over. As a rule more
 * events follow the first: they gather for a moment, so that not each wakes the loader.
 */
static int wait_for_input(struct trace *trace)
{
	int gather = trace->taken && !trace->reader.hasty;
	struct pollfd fds[] = {
		{ .fd = trace->arm.news_fd, .events = POLLIN },
		{ .fd = STDOUT_FILENO, .events = 0 },	/* POLLERR alone */
		{ .fd = trace->reader.fd, .events = POLLIN },
	};
	int timeout = trace->reader.fd < 0 ? LOOK_MS : TICK_MS;

	if (poll(fds, gather ? 2 : 3, gather ? GATHER_MS : timeout) < 0 &&
	    errno != EINTR)
		return 1;
	return fds[0].revents || (fds[1].revents & (POLLERR | POLLHUP));
}

static int take_events(struct trace *trace)
{
	int err;

	trace->now = clock_ns();
	trace->taken = 0;
	err = trace->reader.ops->read(&trace->reader);
	if (err)
		warnx("reading by %s: %s", trace->reader.ops->name,
		      strerror(-err));
	else if (fflush(stdout))
		err = -errno;
	return err;
}

/* All that were asked for have ended; a lost selection is not waited for. */
static int all_ended(struct trace *trace)
{
	return trace->count && (tracker_ended(trace->tracker) >= trace->count ||
				(trace->selected >= trace->count &&
				 !tracker_live(trace->tracker) &&
				 trace->now - trace->matched > NS_PER_SEC));
}

static int nothing_matched(struct trace *trace)
{
	return trace->wait && !tracker_live(trace->tracker) &&
	       trace->now - trace->matched >= trace->wait * NS_PER_MS;
}

static bool is_over(struct trace *trace)
{
	uint64_t selected = trace->state->selected;

	if (selected != trace->selected) {
		trace->matched = trace->now;
		unselected_end(&trace->unselected);
	}
	trace->selected = selected;
	return all_ended(trace) || nothing_matched(trace);
}

/*
 * Families that have lost events stay in family_map when they are over. Which these are
 * is asked before the last events are taken, since then all events of these families
 * have come in. A family that is not over may have lost all its events so far. Returns
 * how many were over, or -errno.
 */
static int end_lost_families(struct trace *trace)
{
	uint32_t over[LOST_AT_ONCE], number, *last = NULL;
	struct family_counts known;
	int i, count = 0, err;

	while (count < LOST_AT_ONCE &&
	       !sys_map_next_key(trace->family_map_fd, last, &number)) {
		last = &number;
		if (tracker_kernel_ops.family(trace, number, &known))
			continue;
		if (!known.live)
			over[count++] = number;
		else if (known.lost)
			tracker_meet(trace->tracker, number, trace->now);
	}
	err = take_events(trace);
	for (i = 0; i < count; i++)
		tracker_over(trace->tracker, over[i]);
	return err ? err : count;
}

/* From time to time, and before they fill family_map. */
static int look_for_lost(struct trace *trace)
{
	uint64_t lost = trace->state->lost;
	int ret;

	if (!lost || (trace->now - trace->looked < LOOK_LOST_NS &&
		      lost - trace->lost < MAX_PACKETS / 2))
		return 0;
	trace->looked = trace->now;
	trace->lost = lost;
	live_event(&trace->live, trace->now);
	ret = end_lost_families(trace);
	return ret < 0 ? ret : 0;
}

static void note_count(const char *name, int err, uint64_t count)
{
	char text[24] = "-";

	if (!err)
		snprintf(text, sizeof(text), "%llu", (unsigned long long)count);
	records_note(stdout, name, text);
}

/* What the run was, as far as no single packet tells. */
static void write_counts(struct trace *trace)
{
	const volatile struct state *state = trace->state;
	uint64_t selected = state->selected, lost = 0, missed = 0;
	int err = trace->reader.ops->lost(&trace->reader, state->lost, &lost);

	if (trace->count && selected > trace->count)
		selected = trace->count;
	note_count("selected", 0, selected - state->refused);
	note_count("lost", err, lost);
	err = count_missed(trace, &missed);
	note_count("missed", err, missed);
	note_count("untracked", 0,
		   state->untracked + state->refused + state->late);
	note_count("unread", 0, state->refused + state->late);
	note_count("orphans", 0, state->unfollowed);
}

/* Of these nobody can tell whether they would have matched. */
static void say_in_pages(const struct trace *trace)
{
	uint64_t count = trace->state->in_pages;

	if (count)
		warnx("%llu packet%s whose headers lie in page fragments %s not looked at",
		      (unsigned long long)count, count == 1 ? "" : "s",
		      count == 1 ? "was" : "were");
}

/* Until enough packets have ended, a signal, or the end of our reader. */
static int run(struct trace *trace)
{
	int over = 0, err = 0;

	while (!err && !over) {
		over = wait_for_input(trace);
		err = take_events(trace);
		if (err)
			break;
		err = look_for_lost(trace);
		each_second(trace);
		over |= is_over(trace);
		if (!over && !tracker_live(trace->tracker))
			live_idle(&trace->live, trace->now, trace->selected);
	}
	live_erase(&trace->live);
	return err;
}

/* What is still there when nothing is selected any more. */
static int take_rest(struct trace *trace)
{
	int err;

	while ((err = end_lost_families(trace)) == LOST_AT_ONCE)
		;
	err = err < 0 ? err : take_events(trace);
	tracker_finish(trace->tracker);
	write_counts(trace);
	say_in_pages(trace);
	if (fflush(stdout) && !err)
		err = -errno;
	return err;
}

int trace_run(struct trace *trace)
{
	int err = begin(trace);

	if (err)
		return err;
	err = run(trace);
	arm_stop(&trace->arm);
	if (!err)
		err = take_rest(trace);
	arm_end(&trace->arm);
	if (trace->arm.given_up)
		return -EINTR;
	return err == -EPIPE ? 0 : err;
}
