// SPDX-License-Identifier: GPL-2.0-only
/* Form "stats": statistics for a person at a terminal of 80 columns. */
#include "../format/pad.h"
#include "stats.h"
#include "../input/utf8.h"
#include "../format/verdict.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define TIME_WIDTH	9
#define BAR_WIDTH	40

static const unsigned int percents[] = { 50, 90, 99, 100 };

#define PERCENTS	(sizeof(percents) / sizeof(*percents))

static void put_count(FILE *out, uint64_t count, const char *what)
{
	fprintf(out, "%" PRIu64 " %s%s", count, what, count == 1 ? "" : "s");
}

static void put_cell(FILE *out, const char *text)
{
	putc(' ', out);
	pad_left(out, text, TIME_WIDTH);
}

static void put_percentiles(FILE *out, const struct hist *h)
{
	char us[US_ROOM];
	size_t i;

	for (i = 0; i < PERCENTS; i++)
		put_cell(out, h->count ? us_format(us, 0,
			 hist_percentile(h, percents[i])) : "-");
}

static void put_titles(FILE *out)
{
	put_cell(out, "50%");
	put_cell(out, "90%");
	put_cell(out, "99%");
	put_cell(out, "max");
}

/* How many values the bucket with the most of them has. */
static uint64_t highest(const struct hist *h)
{
	uint64_t count, most = 0;
	unsigned int i;

	for (i = 0; i < HIST_ROUNDS; i++) {
		count = hist_round(h, i);
		if (count > most)
			most = count;
	}
	return most;
}

static void put_bar(FILE *out, const struct hist *h, unsigned int round,
		    uint64_t most)
{
	uint64_t count = hist_round(h, round);
	double length = (double)count * BAR_WIDTH / (double)most;
	char us[US_ROOM];
	int i;

	put_cell(out, us_format(us, 0, hist_limit(round)));
	fprintf(out, "  %10" PRIu64 "  ", count);
	for (i = 0; i < length; i++)
		putc('#', out);
	putc('\n', out);
}

/* A bar for each bucket from the least to the greatest time. */
static void put_bars(FILE *out, const struct hist *h)
{
	unsigned int i, first = HIST_ROUNDS, last = 0;
	uint64_t most = highest(h);

	for (i = 0; i < HIST_ROUNDS; i++)
		if (hist_round(h, i)) {
			first = first < i ? first : i;
			last = i;
		}
	if (first > last)
		return;
	for (i = first; i <= last; i++)
		put_bar(out, h, i, most);
}

/* The time of a whole route. */
static void put_total(FILE *out, const struct hist *h)
{
	fputs("us from beginning to end:\n", out);
	put_titles(out);
	putc('\n', out);
	put_percentiles(out, h);
	putc('\n', out);
	if (!h->count)
		return;
	putc('\n', out);
	put_cell(out, "us up to");
	fputs("       count\n", out);
	put_bars(out, h);
}

static void put_place(FILE *out, const struct branch_step *step)
{
	fputs("  ", out);
	pad_right(out, step->ifname ? step->ifname : "-", 9);
	fputs("  ", out);
	utf8_print(out, step->func ? step->func : "-");
	putc('\n', out);
}

static void put_steps(const struct output *o, const struct branch *t)
{
	size_t i;

	fputs("\nus since the step before:\n", o->file);
	put_titles(o->file);
	fputs("  interface  function\n", o->file);
	for (i = 0; i < t->count; i++) {
		put_percentiles(o->file, &t->delays[i]);
		put_place(o->file, &t->step[i]);
		if (o->verbose)
			put_bars(o->file, &t->delays[i]);
	}
}

static void put_end(FILE *out, const struct branch *t)
{
	put_count(out, t->count, "step");
	fputs(", ", out);
	if (t->what)
		utf8_print(out, t->what);
	else
		fputs(t->done ? "done with" : record_hows[t->how], out);
	if (t->what && t->end_func) {
		fputs(", freed by ", out);
		utf8_print(out, t->end_func);
	} else if (t->location || t->end_func) {
		fputs(t->location ? " in " : " by ", out);
		utf8_print(out, t->location ? t->location : t->end_func);
	}
	if (t->reason) {
		fputs(", reason ", out);
		utf8_print(out, t->reason);
	}
	putc('\n', out);
	utf8_line(out, "  ", t->verdict);
}

/* siblings: how many relatives that did the same come behind this one. */
static void put_member(const struct output *o, const struct branch *t,
		       size_t siblings)
{
	FILE *out = o->file;

	if (t->member) {
		fprintf(out, "\nrelative %s, ", t->line);
		if (siblings)
			fprintf(out, "and %zu more like it (its times), ",
				siblings);
		fputs("made by ", out);
		utf8_print(out, t->origin.func ? t->origin.func : "-");
		fputs(": ", out);
	}
	put_end(out, t);
	if (o->quiet)
		return;
	putc('\n', out);
	put_total(out, &t->total);
	if (t->count)
		put_steps(o, t);
}

/* What no route tells of is counted here. */
static void put_summary(FILE *out, const struct routes *routes)
{
	put_count(out, routes->packets, "packet");
	fprintf(out, ": %" PRIu64 " complete, ",
		routes->packets - routes->incomplete);
	put_count(out, routes->count, "route");
	if (routes->incomplete)
		fprintf(out, "; %" PRIu64 " INCOMPLETE, in no route below",
			routes->incomplete);
	putc('\n', out);
	if (routes->late) {
		put_count(out, routes->late, "time");
		fputs(" records came when their packet was counted\n", out);
	}
}

static size_t count_siblings(const struct route *route, size_t i)
{
	size_t k = i;

	while (++k < route->members &&
	       branch_is_sibling(&route->member[i], &route->member[k]))
		;
	return k - i - 1;
}

/* What packets took the route: where they were selected, and the flow. */
static void put_name(FILE *out, const struct branch *t)
{
	if (t->member || !t->begins)
		return;
	utf8_print(out, t->origin.func ? t->origin.func : "-");
	if (t->origin.ifname) {
		fputs(" of ", out);
		utf8_print(out, t->origin.ifname);
	}
	if (t->origin.addresses) {
		fputs(", ", out);
		utf8_print(out, t->origin.addresses);
		fputs(t->flows ? " and others" : "", out);
	}
	fputs(": ", out);
}

static void put_route(const struct output *o, const struct route *route,
		    size_t number)
{
	size_t i, siblings;

	fprintf(o->file, "%sroute %zu, ", o->quiet ? "" : "\n", number);
	put_count(o->file, route->packets, "packet");
	fputs(": ", o->file);
	if (route->members)
		put_name(o->file, &route->member[0]);
	for (i = 0; i < (o->quiet ? 1 : route->members); i += 1 + siblings) {
		siblings = o->verbose ? 0 : count_siblings(route, i);
		put_member(o, &route->member[i], siblings);
	}
}

static int by_count(const void *a, const void *b)
{
	const struct end *x = a, *y = b;
	uint64_t m = x->packets + x->relatives, n = y->packets + y->relatives;

	return (m < n) - (m > n);
}

/* Was it freed without a drop, and lost? */
static bool given_up(const struct end *e)
{
	return e->kind && !strcmp(e->kind, WHY_GIVEN_UP);
}

static void put_drop(FILE *out, const struct end *e)
{
	fprintf(out, "%8" PRIu64 "  %9" PRIu64 "  ", e->packets, e->relatives);
	utf8_print(out, given_up(e) ? e->kind : e->reason ? e->reason : "-");
	fputs(", ", out);
	utf8_print(out, e->location ? e->location :
			e->func	    ? e->func :
				      "-");
	putc('\n', out);
	utf8_line(out, "                     ", e->verdict);
}

/*
 * All drops by place, reason and rule, also those of packets that are not
 * complete, and what was given up. done: those that are no loss, instead.
 */
static void put_drops(FILE *out, const struct stats *s, bool done)
{
	const struct end *e;
	bool any = false;
	size_t i;

	for (i = 0; i < s->ends; i++) {
		e = &s->end[i];
		if (e->how == HOW_DROPPED ? e->done != done :
					    done || !given_up(e))
			continue;
		if (!any)
			fprintf(out, "\n%8s  relatives  reason, place\n",
				done ? "no loss" : "drops");
		any = true;
		put_drop(out, e);
	}
}

/* How long packets have waited, also those that are not complete. */
static void put_queues(FILE *out, const struct stats *s)
{
	size_t i;

	if (!s->queues)
		return;
	fputs("\nus in queues:\n", out);
	put_titles(out);
	fputs("       count  queue\n", out);
	for (i = 0; i < s->queues; i++) {
		put_percentiles(out, &s->queue[i].ns);
		fprintf(out, "  %10" PRIu64 "  ", s->queue[i].ns.count);
		utf8_print(out, s->queue[i].queue);
		putc('\n', out);
	}
}

int stats_text(const struct output *o)
{
	struct stats *s = o->context;
	size_t i;

	if (!s)
		return 0;
	routes_sort(&s->routes);
	put_summary(o->file, &s->routes);
	if (s->routes.count > 1 && !o->quiet) {
		fputs("\nall routes:\n\n", o->file);
		put_total(o->file, &s->total);
	}
	for (i = 0; i < s->routes.count; i++)
		put_route(o, s->routes.route[i], i + 1);
	if (!o->quiet)
		put_queues(o->file, s);
	if (s->ends)
		qsort(s->end, s->ends, sizeof(*s->end), by_count);
	put_drops(o->file, s, false);
	put_drops(o->file, s, true);
	return 0;
}
