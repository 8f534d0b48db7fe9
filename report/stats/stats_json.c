// SPDX-License-Identifier: GPL-2.0-only
/* Form "stats-json": statistics as one JSON object; Documentation/stats.md. */
#include "../format/jsonw.h"
#include "../input/run_notes.h"
#include "stats.h"

#include <inttypes.h>

/* How many times there are from each power of two to the next. */
static void put_octaves(struct jsonw *w, const struct hist *h)
{
	unsigned int i;

	jsonw_open(w, "octaves", '[');
	for (i = 0; i < HIST_OCTAVES; i++) {
		if (!hist_octave(h, i))
			continue;
		jsonw_open(w, NULL, '{');
		jsonw_integer(w, "from", i ? 1ULL << (i - 1) : 0);
		jsonw_integer(w, "count", hist_octave(h, i));
		jsonw_close(w, '}');
	}
	jsonw_close(w, ']');
}

/* The same with round limits: how many are not above each. */
static void put_buckets(struct jsonw *w, const struct hist *h)
{
	unsigned int i;

	jsonw_open(w, "buckets", '[');
	for (i = 0; i < HIST_ROUNDS; i++) {
		if (!hist_round(h, i))
			continue;
		jsonw_open(w, NULL, '{');
		jsonw_integer(w, "to", hist_limit(i));
		jsonw_integer(w, "count", hist_round(h, i));
		jsonw_close(w, '}');
	}
	jsonw_close(w, ']');
}

static void put_percentile(struct jsonw *w, const char *key,
			   const struct hist *h, unsigned int percent)
{
	struct number n = { h->count, hist_percentile(h, percent) };

	jsonw_number(w, key, n);
}

static void put_times(struct jsonw *w, const struct hist *h)
{
	jsonw_open(w, "ns", '{');
	jsonw_integer(w, "count", h->count);
	jsonw_integer(w, "sum", h->sum);
	put_percentile(w, "p50", h, 50);
	put_percentile(w, "p90", h, 90);
	put_percentile(w, "p99", h, 99);
	put_percentile(w, "max", h, 100);
	jsonw_bool(w, "exact", h->count <= HIST_EXACT);
	put_octaves(w, h);
	put_buckets(w, h);
	jsonw_close(w, '}');
}

static void put_step(struct jsonw *w, const struct branch *t, size_t i)
{
	jsonw_open(w, NULL, '{');
	jsonw_string(w, "func", t->step[i].func);
	jsonw_string(w, "ifname", t->step[i].ifname);
	put_times(w, &t->delays[i]);
	jsonw_close(w, '}');
}

static void put_end(struct jsonw *w, const struct end *end)
{
	jsonw_string(w, "how", record_hows[end->how]);
	jsonw_string(w, "what", end->kind);
	jsonw_string(w, "func", end->func);
	jsonw_string(w, "reason", end->reason);
	jsonw_string(w, "location", end->location);
	jsonw_string(w, "rule", end->rule);
	jsonw_string(w, "verdict", end->verdict);
	jsonw_loss(w, end->how, end->verdict, end->done);
	jsonw_bool(w, "unanswered", end->unanswered);
}

static void put_member(struct jsonw *w, const struct branch *t)
{
	const struct end end = stats_end(t);
	size_t i;

	jsonw_open(w, NULL, '{');
	jsonw_integer(w, "kin", t->member);
	jsonw_string(w, "beginning", t->origin.func);
	jsonw_string(w, "ifname", t->origin.ifname);
	jsonw_string(w, "addresses", t->origin.addresses);
	jsonw_bool(w, "flows", t->flows);
	jsonw_open(w, "end", '{');
	put_end(w, &end);
	jsonw_close(w, '}');
	put_times(w, &t->total);
	jsonw_open(w, "steps", '[');
	for (i = 0; i < t->count; i++)
		put_step(w, t, i);
	jsonw_close(w, ']');
	jsonw_close(w, '}');
}

static void put_route(struct jsonw *w, const struct route *route)
{
	char id[32];
	size_t i;

	snprintf(id, sizeof(id), "%016" PRIx64, route_id(route));
	jsonw_open(w, NULL, '{');
	jsonw_string(w, "id", id);
	jsonw_integer(w, "packets", route->packets);
	jsonw_integer(w, "first", route->packet);
	jsonw_open(w, "members", '[');
	for (i = 0; i < route->members; i++)
		put_member(w, &route->member[i]);
	jsonw_close(w, ']');
	jsonw_close(w, '}');
}

static void put_ends(struct jsonw *w, const struct stats *s)
{
	const struct end *end;
	size_t i;

	jsonw_open(w, "ends", '[');
	for (i = 0; i < s->ends; i++) {
		end = &s->end[i];
		jsonw_open(w, NULL, '{');
		put_end(w, end);
		jsonw_integer(w, "packets", end->packets);
		jsonw_integer(w, "relatives", end->relatives);
		jsonw_close(w, '}');
	}
	jsonw_close(w, ']');
}

/* How long packets have waited in which queue. */
static void put_queues(struct jsonw *w, const struct stats *s)
{
	size_t i;

	jsonw_open(w, "waits", '[');
	for (i = 0; i < s->queues; i++) {
		jsonw_open(w, NULL, '{');
		jsonw_string(w, "queue", s->queue[i].queue);
		put_times(w, &s->queue[i].ns);
		jsonw_close(w, '}');
	}
	jsonw_close(w, ']');
}

/* What the run itself has counted. */
static void put_run(struct jsonw *w, const struct notes *notes)
{
	size_t i;

	jsonw_open(w, "run", '{');
	for (i = 0; i < RUN_NOTES; i++)
		jsonw_number(w, run_notes[i],
			     run_note(notes, run_notes[i]));
	jsonw_close(w, '}');
}

int stats_json(const struct output *o)
{
	struct jsonw w = { .out = o->file };
	struct stats *s = o->context;
	size_t i;

	if (!s)
		return 0;
	routes_sort(&s->routes);
	jsonw_open(&w, NULL, '{');
	jsonw_string(&w, "filter", notes_find(o->notes, "filter"));
	jsonw_string(&w, "kernel", notes_find(o->notes, "kernel"));
	put_run(&w, o->notes);
	jsonw_integer(&w, "packets", s->routes.packets);
	jsonw_integer(&w, "incomplete", s->routes.incomplete);
	jsonw_integer(&w, "late", s->routes.late);
	put_times(&w, &s->total);
	put_ends(&w, s);
	put_queues(&w, s);
	jsonw_open(&w, "ways", '[');
	for (i = 0; i < s->routes.count; i++)
		put_route(&w, s->routes.route[i]);
	jsonw_close(&w, ']');
	jsonw_close(&w, '}');
	putc('\n', o->file);
	return 0;
}
