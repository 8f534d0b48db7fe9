// SPDX-License-Identifier: GPL-2.0-only
#include "calls.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Something that happened: a step, or a return. */
struct moment {
	const struct record *rec;
	size_t call;		/* a step's; NO_CALL: a return */
	size_t context, lane;
};

/* What is open in a context, and of it the calls of one function: its lane. */
struct finder {
	struct calls *calls;
	struct moment *moment;
	size_t count;
	size_t contexts, lanes;
	size_t *top;		/* by context: the innermost call, or NO_CALL */
	size_t *below;		/* by call: the one around it */
	size_t *top_same;	/* by lane, and … */
	size_t *below_same;	/* … by call: those of the same function */
	size_t *lane;		/* by call */
};

/* A thread by its number; where none ran, the CPU. */
static uint64_t context_key(const struct record *rec)
{
	if (rec->pid.known && rec->pid.value)
		return rec->pid.value << 1 | 1;
	return rec->cpu.value << 1;
}

static int by_context(const struct moment *x, const struct moment *y)
{
	uint64_t a = context_key(x->rec), b = context_key(y->rec);

	return (a > b) - (a < b);
}

/* Of records without a function, all are in one lane. */
static int by_lane(const void *a, const void *b)
{
	const struct moment *x = a, *y = b;
	int order = by_context(x, y);

	return order ? order : strcmp(x->rec->func ? x->rec->func : "",
				      y->rec->func ? y->rec->func : "");
}

static int by_time(const void *a, const void *b)
{
	return record_by_time(((const struct moment *)a)->rec,
			      ((const struct moment *)b)->rec);
}

/* Returns 0 or -ENOMEM. */
static int finder_alloc(struct finder *f, const struct path *p)
{
	size_t most = p->count + p->extras.count + 1;

	f->moment = calloc(most, sizeof(*f->moment));
	f->top = calloc(most, sizeof(*f->top));
	f->top_same = calloc(most, sizeof(*f->top_same));
	f->below = calloc(p->count + 1, sizeof(*f->below));
	f->below_same = calloc(p->count + 1, sizeof(*f->below_same));
	f->lane = calloc(p->count + 1, sizeof(*f->lane));
	f->calls->call = calloc(p->count + 1, sizeof(*f->calls->call));
	if (f->moment && f->top && f->top_same && f->below && f->below_same &&
	    f->lane && f->calls->call)
		return 0;
	return -ENOMEM;
}

static void finder_free(struct finder *f)
{
	free(f->moment);
	free(f->top);
	free(f->top_same);
	free(f->below);
	free(f->below_same);
	free(f->lane);
}

static void add_moment(struct finder *f, const struct record *rec, size_t call)
{
	f->moment[f->count++] = (struct moment){ .rec = rec, .call = call };
}

static void add_moments(struct finder *f, const struct path *p)
{
	size_t i;

	for (i = 0; i < p->count; i++) {
		add_moment(f, p->steps[i], i);
		f->calls->call[i] = (struct call){
			.step = p->steps[i],
			.parent = NO_CALL,
			.child = NO_CALL,
			.last = NO_CALL,
			.next = NO_CALL,
		};
	}
	for (i = 0; i < p->extras.count; i++)
		if (p->extras.records[i]->type == RECORD_RETURN)
			add_moment(f, p->extras.records[i], NO_CALL);
	f->calls->count = p->count;
}

/* Numbers contexts and lanes, and puts all in the order of time. */
static void number_lanes(struct finder *f)
{
	struct moment *m = f->moment;
	size_t i;

	if (!f->count)
		return;
	qsort(m, f->count, sizeof(*m), by_lane);
	for (i = 0; i < f->count; i++) {
		f->contexts += !i || by_context(&m[i - 1], &m[i]);
		f->lanes += !i || by_lane(&m[i - 1], &m[i]);
		m[i].context = f->contexts - 1;
		m[i].lane = f->lanes - 1;
		if (m[i].call != NO_CALL)
			f->lane[m[i].call] = m[i].lane;
	}
	qsort(m, f->count, sizeof(*m), by_time);
}

static void clear_tops(struct finder *f)
{
	size_t i;

	for (i = 0; i < f->contexts; i++)
		f->top[i] = NO_CALL;
	for (i = 0; i < f->lanes; i++)
		f->top_same[i] = NO_CALL;
}

static void push(struct finder *f, const struct moment *m)
{
	f->below[m->call] = f->top[m->context];
	f->top[m->context] = m->call;
	f->below_same[m->call] = f->top_same[m->lane];
	f->top_same[m->lane] = m->call;
}

static void pop(struct finder *f, size_t context)
{
	size_t call = f->top[context];

	f->top[context] = f->below[call];
	f->top_same[f->lane[call]] = f->below_same[call];
}

/* The innermost open call of that function; those within it do not return. */
static void match_return(struct finder *f, const struct moment *m)
{
	size_t at = m->rec->func ? f->top_same[m->lane] : NO_CALL;

	if (at == NO_CALL) {
		f->calls->stray++;
		return;
	}
	while (f->top[m->context] != at)
		pop(f, m->context);
	pop(f, m->context);
	f->calls->call[at].ret = m->rec;
	f->calls->returned++;
}

static void match_all(struct finder *f)
{
	size_t i;

	clear_tops(f);
	for (i = 0; i < f->count; i++) {
		if (f->moment[i].call == NO_CALL)
			match_return(f, &f->moment[i]);
		else
			push(f, &f->moment[i]);
	}
}

static void add_child(struct calls *c, size_t parent, size_t child)
{
	struct call *around = parent == NO_CALL ? &c->root : &c->call[parent];

	c->call[child].parent = parent;
	if (around->last == NO_CALL)
		around->child = child;
	else
		c->call[around->last].next = child;
	around->last = child;
}

/* Each call goes into the innermost one that has not returned by then. */
static void nest_all(struct finder *f)
{
	struct call *call = f->calls->call;
	const struct moment *m;
	size_t i, *top;

	clear_tops(f);
	for (i = 0; i < f->count; i++) {
		m = &f->moment[i];
		top = &f->top[m->context];
		if (m->call == NO_CALL) {
			if (*top != NO_CALL && call[*top].ret == m->rec)
				pop(f, m->context);
			continue;
		}
		call[m->call].context = m->context;
		add_child(f->calls, *top, m->call);
		if (call[m->call].ret)
			push(f, m);
	}
}

int calls_find(struct calls *c, const struct path *p)
{
	struct finder f = { .calls = c };
	int err;

	*c = (struct calls){ .root = { .child = NO_CALL, .last = NO_CALL } };
	err = finder_alloc(&f, p);
	if (!err) {
		add_moments(&f, p);
		number_lanes(&f);
		match_all(&f);
		nest_all(&f);
	}
	finder_free(&f);
	if (err)
		calls_free(c);
	return err;
}

void calls_free(struct calls *c)
{
	free(c->call);
	c->call = NULL;
}
