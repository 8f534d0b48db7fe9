// SPDX-License-Identifier: GPL-2.0-only
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "records.h"
#include "tracker.h"

#define BUCKETS		1024
#define REMEMBERED	4096	/* packets that ended lately */

struct live {
	struct live *next;
	struct event last;	/* the newest event in the packet's own order */
	int has_missed;		/* it is known how many probes were missed … */
	__u64 missed;		/* … before it */
	__u64 seen;		/* when we heard of it last, ns */
};

struct tracker {
	const struct plan *plan;
	FILE *out;
	const struct tracker_ops *ops;
	void *ctx;
	__u32 live, ended;
	struct live *buckets[BUCKETS];
	__u32 done[REMEMBERED];	/* numbers, by number % REMEMBERED */
};

struct tracker *tracker_new(const struct plan *plan, FILE *out,
			    const struct tracker_ops *ops, void *ctx)
{
	struct tracker *tracker = calloc(1, sizeof(*tracker));

	if (tracker) {
		tracker->plan = plan;
		tracker->out = out;
		tracker->ops = ops;
		tracker->ctx = ctx;
	}
	return tracker;
}

void tracker_free(struct tracker *tracker)
{
	struct live *live;

	if (!tracker)
		return;
	for (int i = 0; i < BUCKETS; i++) {
		while ((live = tracker->buckets[i])) {
			tracker->buckets[i] = live->next;
			free(live);
		}
	}
	free(tracker);
}

static struct live **live_find(struct tracker *tracker, __u32 number)
{
	struct live **at = &tracker->buckets[number % BUCKETS];

	while (*at && (*at)->last.packet != number)
		at = &(*at)->next;
	return at;
}

static struct live **live_add(struct tracker *tracker,
			      const struct event *event)
{
	struct live **at = live_find(tracker, event->packet);

	if (*at)
		return at;
	*at = calloc(1, sizeof(**at));
	if (!*at)
		return NULL;
	(*at)->last = *event;
	(*at)->has_missed = !tracker->ops->missed_before(tracker->ctx, event->ns,
							 &(*at)->missed);
	tracker->live++;
	return at;
}

static const struct probe *probe_of(const struct tracker *tracker, __u32 num)
{
	const struct plan *plan = tracker->plan;

	for (__u32 i = 0; i < plan->count; i++)
		if (plan->probes[i].num == num)
			return &plan->probes[i];
	return NULL;
}

static const char *func_name(const struct tracker *tracker,
			     const struct event *event)
{
	const struct probe *probe = probe_of(tracker, event->func);

	if (event->func == FUNC_SELECTED)
		return name_hook(event->hook);
	return probe ? probe->name : "-";
}

static int fin_of(const struct tracker *tracker, const struct event *event)
{
	const struct probe *probe = probe_of(tracker, event->func);

	return event->func != FUNC_SELECTED && probe ? probe->fin : FIN_NO;
}

static void write_end(struct tracker *tracker, const struct live *live,
		      const char *how, const __u32 *steps, __u64 ns)
{
	const struct event *last = &live->last;
	int selected = last->func == FUNC_SELECTED;
	struct record record = {
		.type = "end",
		.event = last,
		.func = selected ? "-" : func_name(tracker, last),
		.how = how,
		.has_seq = steps != NULL,
		.seq = steps ? *steps : 0,
	};

	record.has_missed =
		live->has_missed &&
		!tracker->ops->missed_after(tracker->ctx, ns, &record.missed);
	record.missed -= live->missed;
	record_write(&record, tracker->out);
}

/* Until @ns probes that were missed may have been this packet's. */
static void live_end(struct tracker *tracker, struct live **at,
		     const char *how, const __u32 *steps, __u64 ns)
{
	struct live *live = *at;

	write_end(tracker, live, how, steps, ns);
	tracker->done[live->last.packet % REMEMBERED] = live->last.packet;
	tracker->live--;
	tracker->ended++;
	*at = live->next;
	free(live);
}

/* Ends a packet whose last function was not seen: the kernel may know more. */
static void live_abandon(struct tracker *tracker, struct live **at,
			 const char *how)
{
	__u32 steps;
	int error = tracker->ops->forget(tracker->ctx, (*at)->last.packet, &steps);

	live_end(tracker, at, how, error ? NULL : &steps, UINT64_MAX);
}

static void write_event(struct tracker *tracker, const struct event *event)
{
	int selected = event->func == FUNC_SELECTED;
	struct record record = {
		.type = selected ? "select" : "step",
		.event = event,
		.func = func_name(tracker, event),
		.how = "-",
		.has_seq = !selected,
		.seq = event->seq,
	};

	record_write(&record, tracker->out);
}

/* Events of different CPUs may come in another order than they happened. */
static int newer(const struct event *event, const struct event *than)
{
	if (event->func == FUNC_SELECTED)
		return 0;
	return than->func == FUNC_SELECTED || event->seq > than->seq;
}

void tracker_event(struct tracker *tracker, const struct event *event,
		   __u64 now)
{
	int fin = fin_of(tracker, event);
	struct live **at;

	if (tracker->done[event->packet % REMEMBERED] == event->packet)
		return;
	at = live_add(tracker, event);
	if (!at)
		return;
	write_event(tracker, event);
	(*at)->seen = now;
	if (newer(event, &(*at)->last))
		(*at)->last = *event;
	if (fin != FIN_NO) {
		__u32 steps = event->seq + 1;

		(*at)->last = *event;
		live_end(tracker, at,
			 fin == FIN_DROPPED ? "dropped" : "consumed", &steps,
			 event->ns);
	}
}

void tracker_expire(struct tracker *tracker, __u64 now)
{
	for (int i = 0; i < BUCKETS; i++) {
		struct live **at = &tracker->buckets[i];

		while (*at) {
			if (now - (*at)->seen >= TRACKER_IDLE_NS)
				live_abandon(tracker, at, "unknown");
			else
				at = &(*at)->next;
		}
	}
}

void tracker_finish(struct tracker *tracker)
{
	for (int i = 0; i < BUCKETS; i++)
		while (tracker->buckets[i])
			live_abandon(tracker, &tracker->buckets[i], "timeout");
}

__u32 tracker_live(const struct tracker *tracker)
{
	return tracker->live;
}

__u32 tracker_ended(const struct tracker *tracker)
{
	return tracker->ended;
}
