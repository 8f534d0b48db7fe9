// SPDX-License-Identifier: GPL-2.0-only
/* A difference as one JSON object; Documentation/diff.md. */
#include "comparison.h"
#include "../format/jsonw.h"

static const char *const sides[] = { "good", "bad" };

/* The median of several times. */
static void put_median(struct jsonw *w, const char *key, const struct hist *h)
{
	struct number median = { h->count, hist_percentile(h, 50) };

	jsonw_number(w, key, median);
}

static void put_end(struct jsonw *w, const struct branch *t)
{
	jsonw_open(w, "end", '{');
	jsonw_string(w, "how", record_hows[t->how]);
	jsonw_string(w, "what", t->kind);
	jsonw_string(w, "func", t->end_func);
	jsonw_string(w, "reason", t->reason);
	jsonw_string(w, "location", t->location);
	jsonw_string(w, "rule", t->rule);
	jsonw_string(w, "verdict", t->verdict);
	jsonw_string(w, "cause", t->cause);
	jsonw_string(w, "next", t->next);
	jsonw_loss(w, t->how, t->verdict, t->done);
	jsonw_bool(w, "unanswered", t->unanswered);
	jsonw_close(w, '}');
}

static void put_place(struct jsonw *w, const struct branch_step *step)
{
	jsonw_string(w, "ifname", step->ifname);
	jsonw_number(w, "netns", step->netns);
	jsonw_string(w, "addresses", step->addresses);
	jsonw_number(w, "mark", step->mark);
	jsonw_number(w, "len", step->len);
}

static void put_branch(struct jsonw *w, const char *key, const struct branch *t)
{
	if (!t) {
		jsonw_null(w, key);
		return;
	}
	jsonw_open(w, key, '{');
	jsonw_string(w, "line", t->line);
	jsonw_string(w, "beginning", t->origin.func);
	put_place(w, &t->origin);
	jsonw_integer(w, "steps", t->count);
	put_median(w, "ns", &t->total);
	jsonw_complete(w, t->state);
	jsonw_number(w, "lost", t->lost);
	put_end(w, t);
	jsonw_close(w, '}');
}

/* What one side did in a row, or null. */
static void put_step(struct jsonw *w, const struct diff *d, size_t row,
		     int side)
{
	const struct branch_step *step = diff_step(d, row, side);

	if (!step) {
		jsonw_null(w, sides[side]);
		return;
	}
	jsonw_open(w, sides[side], '{');
	jsonw_number(w, "ns", diff_delay(d, row, side));
	put_place(w, step);
	jsonw_integer(w, "missing_before", step->gap);
	if (step->waited)
		jsonw_string(w, "waited", step->waited);
	jsonw_close(w, '}');
}

/* The names of what differs in a step that both have, or between the two. */
static void put_differs(struct jsonw *w, unsigned int what)
{
	static const char *const names[] = {
		"func", "ifname", "netns", "mark", "len", "ns", "addresses"
	};
	size_t i;

	jsonw_open(w, "differs", '[');
	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (what & 1U << i)
			jsonw_string(w, NULL, names[i]);
	jsonw_close(w, ']');
}

static const char *func_at(const struct diff *d, size_t row)
{
	const struct branch_step *step;

	if (row >= d->rows)
		return NULL;
	step = diff_step(d, row, GOOD);
	return step ? step->func : diff_step(d, row, BAD)->func;
}

static void put_rows(struct jsonw *w, const struct diff *d)
{
	size_t i;

	jsonw_open(w, "steps", '[');
	for (i = 0; i < d->rows; i++) {
		jsonw_open(w, NULL, '{');
		jsonw_string(w, "func", func_at(d, i));
		put_differs(w, d->row[i].what);
		put_step(w, d, i, GOOD);
		put_step(w, d, i, BAD);
		jsonw_close(w, '}');
	}
	jsonw_close(w, ']');
}

static void put_member(struct jsonw *w, const struct diff *d)
{
	bool both = d->side[GOOD] && d->side[BAD];
	bool parted = both && d->parted != ALIGN_NONE;

	jsonw_open(w, NULL, '{');
	jsonw_bool(w, "same", d->same);
	put_branch(w, sides[GOOD], d->side[GOOD]);
	put_branch(w, sides[BAD], d->side[BAD]);
	put_differs(w, d->origin);
	jsonw_integer(w, "common", d->common);
	jsonw_string(w, "last_common", both ? func_at(d, d->last) : NULL);
	jsonw_bool(w, "parted", parted);
	jsonw_string(w, "parted_after",
		     parted && d->parted ? func_at(d, d->parted - 1) : NULL);
	put_rows(w, d);
	jsonw_close(w, '}');
}

static void put_one_side(struct jsonw *w, const char *key,
		      const struct side *side)
{
	jsonw_open(w, key, '{');
	jsonw_string(w, "file", side->name);
	jsonw_string(w, "filter", notes_find(side->notes, "filter"));
	jsonw_string(w, "kernel", notes_find(side->notes, "kernel"));
	jsonw_string(w, "attach", notes_find(side->notes, "attach"));
	jsonw_integer(w, "packets", side->routes.packets);
	jsonw_integer(w, "incomplete", side->routes.incomplete);
	jsonw_close(w, '}');
}

/* A route, by the first packet that took it, and how many did on each side. */
static void put_route(struct jsonw *w, const struct comparison_row *row)
{
	const struct route *route = row->route[GOOD] ? row->route[GOOD] :
						 row->route[BAD];
	int i;

	jsonw_open(w, NULL, '{');
	for (i = GOOD; i <= BAD; i++)
		jsonw_integer(w, sides[i],
			      row->route[i] ? row->route[i]->packets : 0);
	jsonw_integer(w, "packet", route->packet);
	jsonw_bool(w, "complete", route->complete);
	jsonw_integer(w, "members", route->members);
	put_branch(w, "path", route->members ? &route->member[0] : NULL);
	jsonw_close(w, '}');
}

void diff_json(const struct output *o, const struct comparison *g)
{
	struct jsonw w = { .out = o->file };
	size_t i;

	jsonw_open(&w, NULL, '{');
	jsonw_bool(&w, "same", g->same);
	jsonw_string(&w, "caches", g->caches);
	for (i = GOOD; i <= BAD; i++)
		put_one_side(&w, sides[i], &g->side[i]);
	jsonw_open(&w, "ways", '[');
	for (i = 0; i < g->rows; i++)
		put_route(&w, &g->row[i]);
	jsonw_close(&w, ']');
	jsonw_open(&w, "members", '[');
	for (i = 0; i < g->nearest.members; i++)
		put_member(&w, &g->nearest.member[i]);
	jsonw_close(&w, ']');
	jsonw_close(&w, '}');
	putc('\n', o->file);
}
