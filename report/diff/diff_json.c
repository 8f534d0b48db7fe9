// SPDX-License-Identifier: GPL-2.0-only
/* A difference as one JSON object; Documentation/diff.md. */
#include "groups.h"
#include "../form/jsonw.h"

static const char *const sides[] = { "good", "bad" };

static void put_string(struct jsonw *w, const char *key, const char *value)
{
	jsonw_key(w, key);
	jsonw_string(w, value);
}

static void put_integer(struct jsonw *w, const char *key, uint64_t value)
{
	jsonw_key(w, key);
	jsonw_number(w, value);
}

static void put_number(struct jsonw *w, const char *key, struct number n)
{
	if (n.known) {
		put_integer(w, key, n.value);
		return;
	}
	jsonw_key(w, key);
	jsonw_null(w);
}

static void put_bool(struct jsonw *w, const char *key, bool value)
{
	jsonw_key(w, key);
	jsonw_bool(w, value);
}

/* The median of several times. */
static void put_median(struct jsonw *w, const char *key, const struct hist *h)
{
	struct number median = { .known = h->count };

	median.value = hist_percentile(h, 50);
	put_number(w, key, median);
}

static void put_complete(struct jsonw *w, enum path_state state)
{
	jsonw_key(w, "complete");
	if (state == PATH_NOT_KNOWN)
		jsonw_null(w);
	else
		jsonw_bool(w, state == PATH_COMPLETE);
}

static void put_end(struct jsonw *w, const struct trail *t)
{
	jsonw_key(w, "end");
	jsonw_open(w, '{');
	put_string(w, "how", record_hows[t->how]);
	put_string(w, "func", t->end_func);
	put_string(w, "reason", t->reason);
	put_string(w, "location", t->location);
	jsonw_close(w, '}');
}

static void put_place(struct jsonw *w, const struct trail_step *step)
{
	put_string(w, "ifname", step->ifname);
	put_number(w, "netns", step->netns);
	put_string(w, "addresses", step->addresses);
	put_number(w, "mark", step->mark);
	put_number(w, "len", step->len);
}

static void put_trail(struct jsonw *w, const struct trail *t)
{
	if (!t) {
		jsonw_null(w);
		return;
	}
	jsonw_open(w, '{');
	put_string(w, "line", t->line);
	put_string(w, "beginning", t->origin.func);
	put_place(w, &t->origin);
	put_integer(w, "steps", t->count);
	put_median(w, "ns", &t->total);
	put_complete(w, t->state);
	put_number(w, "lost", t->lost);
	put_end(w, t);
	jsonw_close(w, '}');
}

/* What one side did in a row, or null. */
static void put_step(struct jsonw *w, const struct diff *d, size_t row,
		     int side)
{
	const struct trail_step *step = diff_step(d, row, side);

	jsonw_key(w, sides[side]);
	if (!step) {
		jsonw_null(w);
		return;
	}
	jsonw_open(w, '{');
	put_number(w, "ns", diff_delay(d, row, side));
	put_place(w, step);
	put_integer(w, "missing_before", step->gap);
	jsonw_close(w, '}');
}

/* The names of what differs in a step that both have, or between the two. */
static void put_differs(struct jsonw *w, unsigned int what)
{
	static const char *const names[] = {
		"func", "ifname", "netns", "mark", "len", "ns", "addresses"
	};
	size_t i;

	jsonw_key(w, "differs");
	jsonw_open(w, '[');
	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (what & 1U << i)
			jsonw_string(w, names[i]);
	jsonw_close(w, ']');
}

static const char *func_at(const struct diff *d, size_t row)
{
	const struct trail_step *step;

	if (row >= d->rows)
		return NULL;
	step = diff_step(d, row, GOOD);
	return step ? step->func : diff_step(d, row, BAD)->func;
}

static void put_rows(struct jsonw *w, const struct diff *d)
{
	size_t i;

	jsonw_key(w, "steps");
	jsonw_open(w, '[');
	for (i = 0; i < d->rows; i++) {
		jsonw_open(w, '{');
		put_string(w, "func", func_at(d, i));
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

	jsonw_open(w, '{');
	put_bool(w, "same", d->same);
	jsonw_key(w, sides[GOOD]);
	put_trail(w, d->side[GOOD]);
	jsonw_key(w, sides[BAD]);
	put_trail(w, d->side[BAD]);
	put_differs(w, d->origin);
	put_integer(w, "common", d->common);
	put_string(w, "last_common", both ? func_at(d, d->last) : NULL);
	put_bool(w, "parted", parted);
	put_string(w, "parted_after",
		   parted && d->parted ? func_at(d, d->parted - 1) : NULL);
	put_rows(w, d);
	jsonw_close(w, '}');
}

static void put_group(struct jsonw *w, const struct side *side)
{
	jsonw_open(w, '{');
	put_string(w, "file", side->name);
	put_string(w, "filter", notes_find(side->notes, "filter"));
	put_string(w, "kernel", notes_find(side->notes, "kernel"));
	put_string(w, "attach", notes_find(side->notes, "attach"));
	put_integer(w, "packets", side->ways.packets);
	put_integer(w, "incomplete", side->ways.incomplete);
	jsonw_close(w, '}');
}

/* A way, by the first packet that took it, and how many did on each side. */
static void put_way(struct jsonw *w, const struct groups_row *row)
{
	const struct way *way = row->way[GOOD] ? row->way[GOOD] :
						 row->way[BAD];
	int i;

	jsonw_open(w, '{');
	for (i = GOOD; i <= BAD; i++)
		put_integer(w, sides[i],
			    row->way[i] ? row->way[i]->packets : 0);
	put_integer(w, "packet", way->packet);
	put_bool(w, "complete", way->complete);
	put_integer(w, "members", way->members);
	jsonw_key(w, "path");
	put_trail(w, way->members ? &way->member[0] : NULL);
	jsonw_close(w, '}');
}

/* Prints the difference of two groups as one line. */
void diff_json(const struct output *o, const struct groups *g)
{
	struct jsonw w = { .out = o->file };
	size_t i;

	jsonw_open(&w, '{');
	put_bool(&w, "same", g->same);
	for (i = GOOD; i <= BAD; i++) {
		jsonw_key(&w, sides[i]);
		put_group(&w, &g->side[i]);
	}
	jsonw_key(&w, "ways");
	jsonw_open(&w, '[');
	for (i = 0; i < g->rows; i++)
		put_way(&w, &g->row[i]);
	jsonw_close(&w, ']');
	jsonw_key(&w, "members");
	jsonw_open(&w, '[');
	for (i = 0; i < g->nearest.members; i++)
		put_member(&w, &g->nearest.member[i]);
	jsonw_close(&w, ']');
	jsonw_close(&w, '}');
	putc('\n', o->file);
}
