// SPDX-License-Identifier: GPL-2.0-only
#include "branch.h"
#include "../diagnose/waits.h"
#include "../format/flow.h"
#include "../../lib/grow.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What a packet has met, in that order. */
struct met {
	uint64_t *thing;
	size_t count;
};

/* Strings and the things met, while a branch is made. */
struct copy_site {
	struct names *names;
	struct met ifaces, netns;
	bool failed;
};

/* The number of a thing, a new one when it is met for the first time. */
static unsigned int number(struct copy_site *m, struct met *met, uint64_t thing)
{
	uint64_t *grown;
	size_t i;

	for (i = 0; i < met->count; i++)
		if (met->thing[i] == thing)
			return i + 1;
	grown = grow(met->thing, i, sizeof(*grown));
	if (!grown) {
		m->failed = true;
		return 0;
	}
	grown[i] = thing;
	met->thing = grown;
	met->count = i + 1;
	return i + 1;
}

static struct branch_step make_step(struct copy_site *m, const struct record *rec)
{
	char buf[FLOW_ROOM];
	struct branch_step step = {
		.func = names_keep(m->names, rec->func),
		.ifname = names_keep(m->names, rec->ifname),
		.addresses = names_keep(m->names, flow_lasting(buf, rec)),
		.netns = rec->netns,
		.mark = rec->mark,
		.len = rec->len,
	};

	if (step.ifname)
		step.iface = number(m, &m->ifaces, (uintptr_t)step.ifname);
	if (step.netns.known)
		step.netns_no = number(m, &m->netns, step.netns.value);
	return step;
}

/* From one moment to another; clocks of two CPUs may differ: 0 at least. */
static struct number between(struct number from, struct number to)
{
	struct number time = { .known = from.known && to.known };

	if (time.known && to.value > from.value)
		time.value = to.value - from.value;
	return time;
}

static const char *keep_symbol(struct names *names, const char *location)
{
	const char *kept;
	char *symbol;

	if (!location)
		return NULL;
	symbol = strndup(location, strcspn(location, "+"));
	if (!symbol)
		names->failed = true;
	kept = names_keep(names, symbol);
	free(symbol);
	return kept;
}

static void take_end(struct branch *t, const struct path *p,
		     struct names *names)
{
	const struct record *end = p->end;

	t->how = path_how(p);
	if (!end)
		return;
	t->end_func = names_keep(names, end->func);
	t->reason = names_keep(names, end->reason);
	t->location = names_keep(names, end->location);
	t->symbol = keep_symbol(names, end->location);
	t->ends = t->count && t->end_func &&
		  t->step[t->count - 1].func == t->end_func &&
		  (t->how == HOW_CONSUMED || t->how == HOW_DROPPED);
}

static void take_why(struct branch *t, const struct path *p,
		     const struct why *why, struct names *names)
{
	t->rule = names_keep(names, why->rule);
	t->kind = names_keep(names, why->kind);
	t->what = names_keep(names, why->what);
	t->verdict = names_keep(names, why->verdict);
	t->cause = names_keep(names, why->cause);
	t->next = names_keep(names, why->next);
	t->done = why->done;
	t->unanswered = why->unanswered;
	t->loss = why->unanswered || why_looks(why, p) == HOW_DROPPED;
}

static void take_beginning(struct branch *t, const struct path *p,
			   struct copy_site *m)
{
	t->member = p->member;
	t->line = strdup(p->line);
	t->begins = p->origin;
	if (!p->origin)
		return;
	t->parent = p->origin->parent.value;
	t->origin = make_step(m, p->origin);
}

static void take_steps(struct branch *t, const struct path *p, struct copy_site *m)
{
	struct number before = { .known = false };
	size_t i;

	if (p->origin)
		before = p->origin->ns;
	for (i = 0; i < p->count; i++) {
		t->step[i] = make_step(m, p->steps[i]);
		t->step[i].delay = between(before, p->steps[i]->ns);
		t->step[i].gap = path_gap(p, i);
		before = p->steps[i]->ns;
	}
	t->count = p->count;
	t->gap = path_gap(p, i);
}

static void take_waits(struct branch *t, const struct data *data, const struct path *p,
		       struct names *names)
{
	struct wait wait = { .next = 0 };

	while (waits_next(&wait, data, p))
		t->step[wait.next].waited = names_keep(names, wait.queue);
}

int branch_make(struct branch *t, const struct data *data, const struct path *p,
	       const struct why *why, struct names *names)
{
	struct copy_site m = { .names = names };

	memset(t, 0, sizeof(*t));
	t->step = calloc(p->count + 1, sizeof(*t->step));
	if (!t->step)
		return -ENOMEM;
	take_beginning(t, p, &m);
	take_steps(t, p, &m);
	take_waits(t, data, p, names);
	take_end(t, p, names);
	take_why(t, p, why, names);
	t->time = between(path_start(p), path_stop(p));
	t->lost = p->lost;
	t->missed = path_missed(p);
	t->state = p->state;
	free(m.ifaces.thing);
	free(m.netns.thing);
	return !t->line || names->failed || m.failed ? -ENOMEM : 0;
}

static int order(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* Equal names are the same pointer. */
static int order_names(const char *a, const char *b)
{
	return order((uintptr_t)a, (uintptr_t)b);
}

static int order_steps(const struct branch_step *a, const struct branch_step *b)
{
	int diff = order_names(a->func, b->func);

	if (!diff)
		diff = order_names(a->ifname, b->ifname);
	if (!diff)
		diff = order(a->netns_no, b->netns_no);
	return diff ? diff : order(a->gap, b->gap);
}

static int order_ends(const struct branch *a, const struct branch *b,
		      bool offsets)
{
	int diff = order(a->how, b->how);

	if (!diff)
		diff = order_names(a->end_func, b->end_func);
	if (!diff)
		diff = order_names(a->reason, b->reason);
	if (!diff)
		diff = order_names(a->rule, b->rule);
	if (diff)
		return diff;
	return offsets ? order_names(a->location, b->location) :
			 order_names(a->symbol, b->symbol);
}

bool branch_ends_alike(const struct branch *a, const struct branch *b,
		      bool offsets)
{
	return !order_ends(a, b, offsets);
}

/* All but which relative it is. */
static int order_paths(const struct branch *a, const struct branch *b,
		       bool offsets)
{
	int diff = order(a->count, b->count);
	size_t i;

	if (!diff)
		diff = order(a->begins, b->begins);
	if (!diff)
		diff = order(a->parent, b->parent);
	if (!diff)
		diff = order_steps(&a->origin, &b->origin);
	for (i = 0; i < a->count && !diff; i++)
		diff = order_steps(&a->step[i], &b->step[i]);
	if (!diff)
		diff = order(a->gap, b->gap);
	if (!diff)
		diff = order(a->state == PATH_INCOMPLETE,
			     b->state == PATH_INCOMPLETE);
	return diff ? diff : order_ends(a, b, offsets);
}

int branch_order(const struct branch *a, const struct branch *b, bool offsets)
{
	int diff = order(a->member, b->member);

	return diff ? diff : order_paths(a, b, offsets);
}

bool branch_is_sibling(const struct branch *a, const struct branch *b)
{
	return a->member && b->member && a->begins && !order_paths(a, b, true);
}

int branch_count(struct branch *sum, const struct branch *one)
{
	size_t i;
	int err = 0;

	if (!sum->delays)
		sum->delays = calloc(sum->count + 1, sizeof(*sum->delays));
	if (!sum->delays)
		return -ENOMEM;
	sum->flows |= sum->origin.addresses != one->origin.addresses;
	if (one->time.known)
		err = hist_add(&sum->total, one->time.value);
	for (i = 0; i < sum->count && !err; i++)
		if (one->step[i].delay.known)
			err = hist_add(&sum->delays[i],
				       one->step[i].delay.value);
	return err;
}

void branch_free(struct branch *t)
{
	size_t i;

	for (i = 0; t->delays && i < t->count; i++)
		hist_free(&t->delays[i]);
	free(t->delays);
	hist_free(&t->total);
	free(t->step);
	free(t->line);
}
