// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the forms of statistics print when all packets have come. Memory grows
 * with the number of distinct routes and ends, not with that of packets.
 */
#include "stats.h"
#include "../diagnose/waits.h"
#include "../../lib/grow.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct end stats_end(const struct branch *t)
{
	return (struct end){
		.how = t->how,
		.done = t->done,
		.unanswered = t->unanswered,
		.func = t->end_func,
		.reason = t->reason,
		.location = t->location,
		.rule = t->rule,
		.kind = t->kind,
		.verdict = t->verdict,
	};
}

/* Nothing yet. NULL: no memory. */
static struct stats *new_stats(const struct data *data)
{
	struct stats *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->routes.names = &s->names;
	s->routes.complete_only = true;
	s->routes.data = data;
	return s;
}

static bool is_same(const struct end *a, const struct end *b)
{
	return a->how == b->how && a->func == b->func &&
	       a->reason == b->reason && a->location == b->location &&
	       a->rule == b->rule && a->kind == b->kind &&
	       a->verdict == b->verdict;
}

/* The end that is the same as this one, a new one if need be, or NULL. */
static struct end *find_end(struct stats *s, const struct end *like)
{
	struct end *grown;
	size_t i;

	for (i = 0; i < s->ends; i++)
		if (is_same(&s->end[i], like))
			return &s->end[i];
	grown = grow(s->end, i, sizeof(*grown));
	if (!grown)
		return NULL;
	s->end = grown;
	s->end[i] = *like;
	s->ends = i + 1;
	return &s->end[i];
}

static void take_why(struct stats *s, struct end *end, const struct family *f,
		     const struct path *p)
{
	struct why why;

	if (why_find(&why, s->routes.data, f, p))
		s->names.failed = true;
	end->rule = names_keep(&s->names, why.rule);
	end->kind = names_keep(&s->names, why.kind);
	end->verdict = names_keep(&s->names, why.verdict);
	end->done = why.done;
	end->unanswered = why.unanswered;
	why_free(&why);
}

static int count_end(struct stats *s, const struct family *f,
		     const struct path *p)
{
	struct end like = { .how = path_how(p) }, *end;

	if (p->end) {
		like.func = names_keep(&s->names, p->end->func);
		like.reason = names_keep(&s->names, p->end->reason);
		like.location = names_keep(&s->names, p->end->location);
	}
	take_why(s, &like, f, p);
	end = find_end(s, &like);
	if (!end || s->names.failed)
		return -ENOMEM;
	end->packets += !p->member;
	end->relatives += !!p->member;
	return 0;
}

/* The times of that queue, whose name is kept, or NULL. */
static struct queue_time *find_queue(struct stats *s, const char *name)
{
	struct queue_time *grown;
	size_t i;

	for (i = 0; i < s->queues; i++)
		if (s->queue[i].queue == name)
			return &s->queue[i];
	grown = grow(s->queue, i, sizeof(*grown));
	if (!grown)
		return NULL;
	s->queue = grown;
	s->queue[i] = (struct queue_time){ .queue = name };
	s->queues = i + 1;
	return &s->queue[i];
}

static int count_waits(struct stats *s, const struct path *p)
{
	struct wait wait = { .next = 0 };
	struct queue_time *queue;
	int err = 0;

	while (!err && waits_next(&wait, s->routes.data, p)) {
		queue = find_queue(s, names_keep(&s->names, wait.queue));
		err = queue ? hist_add(&queue->ns, wait.ns) : -ENOMEM;
	}
	return err ? err : s->names.failed ? -ENOMEM : 0;
}

static int count_time(struct stats *s, const struct path *p)
{
	struct number start = path_start(p), stop = path_stop(p);

	if (!start.known || !stop.known)
		return 0;
	return hist_add(&s->total, stop.value > start.value ?
			stop.value - start.value : 0);
}

static int count(struct stats *s, const struct family *f)
{
	const struct path *p = family_selected(f);
	int err = routes_add(&s->routes, f);
	size_t i;

	if (p && f->state != PATH_INCOMPLETE && !err)
		err = count_time(s, p);
	for (i = 0; i < f->members.count && !err; i++)
		err = count_end(s, f, family_member(f, i));
	for (i = 0; i < f->members.count && !err; i++)
		err = count_waits(s, family_member(f, i));
	return err;
}

int stats_family(struct output *o, const struct family *f)
{
	if (!o->context)
		o->context = new_stats(o->data);
	return o->context ? count(o->context, f) : -ENOMEM;
}

void stats_close(struct output *o)
{
	struct stats *s = o->context;

	if (!s)
		return;
	routes_free(&s->routes);
	hist_free(&s->total);
	names_free(&s->names);
	for (size_t i = 0; i < s->queues; i++)
		hist_free(&s->queue[i].ns);
	free(s->queue);
	free(s->end);
	free(s);
	o->context = NULL;
}
