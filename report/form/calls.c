// SPDX-License-Identifier: GPL-2.0-only
#include "calls.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Something that happened: a step, or a return. */
struct moment {
	const struct record *rec;
	size_t call;		/* a step's; NO_CALL: a return */
	size_t context;
};

struct finder {
	struct calls *calls;
	struct moment *moment;
	size_t count;
	uint64_t *context;	/* their keys, sorted */
	size_t contexts;
	size_t *top;		/* by context: the innermost call, or NO_CALL */
	size_t *below;		/* by call: the one around it */
};

/* A thread by its number; where none ran, the CPU. */
static uint64_t context_key(const struct record *rec)
{
	if (rec->pid.known && rec->pid.value)
		return rec->pid.value << 1 | 1;
	return rec->cpu.value << 1;
}

static int by_key(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int by_time(const void *a, const void *b)
{
	return record_by_time(((const struct moment *)a)->rec,
			      ((const struct moment *)b)->rec);
}

/* Returns 0 or -ENOMEM. */
static int finder_alloc(struct finder *f, const struct path *p)
{
	size_t most = p->count + p->beside.count + 1;

	f->moment = calloc(most, sizeof(*f->moment));
	f->context = calloc(most, sizeof(*f->context));
	f->top = calloc(most, sizeof(*f->top));
	f->below = calloc(p->count + 1, sizeof(*f->below));
	f->calls->call = calloc(p->count + 1, sizeof(*f->calls->call));
	if (f->moment && f->context && f->top && f->below && f->calls->call)
		return 0;
	return -ENOMEM;
}

static void finder_free(struct finder *f)
{
	free(f->moment);
	free(f->context);
	free(f->top);
	free(f->below);
}

static void add_moment(struct finder *f, const struct record *rec, size_t call)
{
	f->context[f->count] = context_key(rec);
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
	for (i = 0; i < p->beside.count; i++)
		if (p->beside.records[i]->type == RECORD_RETURN)
			add_moment(f, p->beside.records[i], NO_CALL);
	f->calls->count = p->count;
}

/* Numbers the contexts by their keys, of which there are as many as moments. */
static void number_contexts(struct finder *f)
{
	const uint64_t *found;
	uint64_t key;
	size_t i;

	if (!f->count)
		return;
	qsort(f->context, f->count, sizeof(*f->context), by_key);
	for (i = 0; i < f->count; i++)
		if (!i || f->context[i] != f->context[f->contexts - 1])
			f->context[f->contexts++] = f->context[i];
	for (i = 0; i < f->count; i++) {
		key = context_key(f->moment[i].rec);
		found = bsearch(&key, f->context, f->contexts, sizeof(key),
				by_key);
		f->moment[i].context = found - f->context;
	}
	qsort(f->moment, f->count, sizeof(*f->moment), by_time);
}

static void clear_tops(struct finder *f)
{
	size_t i;

	for (i = 0; i < f->contexts; i++)
		f->top[i] = NO_CALL;
}

static bool same_func(const struct record *a, const struct record *b)
{
	return a->func && b->func && !strcmp(a->func, b->func);
}

/* The innermost open call of that function; those within it do not return. */
static void match_return(struct finder *f, const struct moment *m)
{
	struct call *call = f->calls->call;
	size_t at = f->top[m->context];

	while (at != NO_CALL && !same_func(call[at].step, m->rec))
		at = f->below[at];
	if (at == NO_CALL) {
		f->calls->stray++;
		return;
	}
	call[at].ret = m->rec;
	f->calls->returned++;
	f->top[m->context] = f->below[at];
}

static void push(struct finder *f, const struct moment *m)
{
	f->below[m->call] = f->top[m->context];
	f->top[m->context] = m->call;
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
				*top = f->below[*top];
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
		number_contexts(&f);
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
