// SPDX-License-Identifier: GPL-2.0-only
/* The route of a packet and of its relatives, step by step into a graph. */
#include "graph.h"
#include "../format/verdict.h"
#include "../diagnose/diagnose.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Where a member of the family went: the node of its origin, and those of its steps. */
struct graph_branch {
	const struct path *path;
	struct node *origin;
	struct node **steps;
	size_t passed;		/* steps that it had when a child was derived, … */
	uint64_t derived;		/* … at that time, ns: of the last one asked for */
};

/* A walk along one path. */
struct graph_walk {
	struct graph *graph;
	struct graph_branch *branch;
	struct node *at;
	struct number ns;	/* when it was there */
	const struct record *place;	/* the last one that tells it, or NULL */
};

static const struct number not_known;

/* Goes on to the node of key, at time ns. Returns 0 or -ENOMEM. */
static int go(struct graph_walk *w, const struct node_key *key,
	      struct number ns)
{
	int err = graph_step(w->graph, &w->at, key, w->ns, ns);

	w->ns = ns;
	return err;
}

/* A selection; or a relative whose derivation is not recorded. */
static int go_start(struct graph_walk *w)
{
	const struct path *p = w->branch->path;
	struct node_key key = { .kind = NODE_START };
	char name[64] = "derivation not recorded";

	if (p->origin && p->origin->func)
		snprintf(name, sizeof(name), "selected at %.40s",
			 p->origin->func);
	else if (!p->member)
		snprintf(name, sizeof(name), "selection not recorded");
	key.name = name;
	if (p->origin) {
		key.ifname = p->origin->ifname;
		key.netns = p->origin->netns;
	}
	w->at = w->graph->root;
	w->ns = not_known;
	return go(w, &key, path_start(p));
}

/*
 * Goes to the node where the parent was when its child was derived. Children come in the
 * order of their derivation, as a rule: then each step is looked at once.
 */
static void stand_by_parent(struct graph_walk *w, struct graph_branch *parent)
{
	const struct path *p = parent->path;
	uint64_t derived = w->branch->path->origin->ns.value;
	size_t i = derived < parent->derived ? 0 : parent->passed;

	while (i < p->count && p->steps[i]->ns.value <= derived)
		i++;
	parent->passed = i;
	parent->derived = derived;
	w->at = i ? parent->steps[i - 1] : parent->origin;
	w->ns = i ? p->steps[i - 1]->ns : p->origin ? p->origin->ns : not_known;
}

static int go_derived(struct graph_walk *w, struct graph_branch *parent)
{
	const struct record *origin = w->branch->path->origin;
	struct node_key key = {
		.kind = NODE_DERIVED,
		.name = origin->func ? origin->func : "-",
		.ifname = origin->ifname,
		.netns = origin->netns,
	};

	stand_by_parent(w, parent);
	return go(w, &key, origin->ns);
}

/* Says what is missing before step i, or after the last one. */
static int go_gap(struct graph_walk *w, size_t i)
{
	uint64_t gap = path_gap(w->branch->path, i);
	struct node_key key = { .kind = NODE_GAP };
	char name[64];

	if (!gap)
		return 0;
	snprintf(name, sizeof(name), "%" PRIu64 " step%s missing", gap,
		 gap == 1 ? "" : "s");
	key.name = name;
	return go(w, &key, not_known);
}

/* A packet that is nowhere, as its record has it, is where it was before. */
static void set_place(struct graph_walk *w, struct node_key *key,
		      const struct record *rec)
{
	if (rec && (rec->ifname || rec->netns.known))
		w->place = rec;
	if (!w->place)
		return;
	key->ifname = w->place->ifname;
	key->netns = w->place->netns;
}

static int go_step(struct graph_walk *w, const struct record *step)
{
	struct node_key key = {
		.kind = NODE_STEP,
		.name = step->func ? step->func : "-",
	};

	set_place(w, &key, step);
	return go(w, &key, step->ns);
}

static int go_steps(struct graph_walk *w)
{
	const struct path *p = w->branch->path;
	size_t i;
	int err = 0;

	w->place = p->origin;
	for (i = 0; i < p->count && !err; i++) {
		err = go_gap(w, i);
		if (!err)
			err = go_step(w, p->steps[i]);
		w->branch->steps[i] = w->at;
	}
	return err ? err : go_gap(w, p->count);
}

/* How it ended, in plain words where data has some. Returns 0 or -ENOMEM. */
static int go_end(struct graph_walk *w, const struct data *data,
		  const struct family *f)
{
	const struct path *p = w->branch->path;
	struct node_key key = { .kind = NODE_END, .how = path_how(p) };
	struct why why;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	int err = why_find(&why, data, f, p);

	if (!out) {
		why_free(&why);
		return -ENOMEM;
	}
	/* ends at different places are different ends */
	set_place(w, &key, p->end);
	key.how = why_looks(&why, p);
	if (why.verdict && path_how(p) == HOW_DROPPED && !why.done) {
		fputs(why.verdict, out);
	} else {
		verdict_how(out, p, &why);
		if (why.verdict)
			fprintf(out, ": %s", why.verdict);
	}
	if (fclose(out))
		err = -ENOMEM;
	key.name = text;
	if (!err)
		err = go(w, &key, not_known);
	why_free(&why);
	free(text);
	return err;
}

static int by_member(const void *key, const void *element)
{
	uint64_t member = *(const uint64_t *)key;
	const struct graph_branch *branch = element;

	return (member > branch->path->member) - (member < branch->path->member);
}

static int add_member(struct graph *g, const struct data *data,
		      const struct family *f, struct graph_branch *branches,
		      size_t i)
{
	struct graph_walk w = { .graph = g, .branch = &branches[i] };
	const struct path *p = branches[i].path;
	struct graph_branch *parent = NULL;
	int err;

	branches[i].steps = calloc(p->count + 1, sizeof(*branches[i].steps));
	if (!branches[i].steps)
		return -ENOMEM;
	if (p->member && p->origin)
		parent = bsearch(&p->origin->parent.value, branches, i,
				 sizeof(*branches), by_member);
	err = parent ? go_derived(&w, parent) : go_start(&w);
	branches[i].origin = w.at;
	if (!err)
		err = go_steps(&w);
	return err ? err : go_end(&w, data, f);
}

static void count_family(struct graph *g, const struct family *f)
{
	const struct path *p = family_selected(f);
	struct number start, stop;

	g->packets++;
	g->relatives += family_relatives(f);
	g->incomplete += f->state == PATH_INCOMPLETE;
	if (!p)
		return;
	start = path_start(p);
	stop = path_stop(p);
	g->steps += p->count;
	if (start.known && stop.known && start.value < stop.value)
		g->ns += stop.value - start.value;
}

int graph_add(struct graph *g, const struct data *data, const struct family *f)
{
	size_t i, count = f->members.count;
	struct graph_branch *branches = calloc(count + 1, sizeof(*branches));
	int err = branches ? graph_root(g) : -ENOMEM;

	for (i = 0; i < count && !err; i++) {
		branches[i].path = family_member(f, i);
		err = add_member(g, data, f, branches, i);
	}
	for (i = 0; branches && i < count; i++)
		free(branches[i].steps);
	free(branches);
	count_family(g, f);
	return err;
}
