// SPDX-License-Identifier: GPL-2.0-only
/*
 * Form "prometheus": statistics in the text format 0.0.4 of Prometheus, for
 * the textfile directory of its node exporter; Documentation/stats.md.
 */
#include "../input/run_notes.h"
#include "../input/utf8.h"
#include "../diagnose/diagnose.h"
#include "stats.h"

#include <inttypes.h>
#include <string.h>

/* Buckets are those of hist_limit() from 1 us to 10 s. */
#define LIMIT_FIRST	1000		/* ns */
#define LIMIT_LAST	10000000000

static void put_head(FILE *out, const char *name, const char *type,
		     const char *help)
{
	fprintf(out, "# HELP bpfpath_%s %s\n# TYPE bpfpath_%s %s\n", name,
		help, name, type);
}

static void put_seconds(FILE *out, uint64_t ns)
{
	fprintf(out, "%" PRIu64 ".%09u", ns / 1000000000,
		(unsigned int)(ns % 1000000000));
}

#define REPLACED	"\xef\xbf\xbd"	/* U+FFFD */

/* A label's value; what a terminal may obey, and what is no character, is U+FFFD. */
static const char *const label_escapes[] = { "\\\"", "\\\\", "\\n" };
static const struct escape label_escape = {
	.from = "\"\\\n",
	.to = label_escapes,
	.control = REPLACED,
	.stray = REPLACED,
};

static void put_label_behind(FILE *out, char before, const char *key,
			     const char *value)
{
	fprintf(out, "%c%s=\"", before, key);
	if (value)
		escape_print(out, value, &label_escape);
	putc('"', out);
}

/* Writes {key="value". */
static void put_first_label(FILE *out, const char *key, const char *value)
{
	put_label_behind(out, '{', key, value);
}

/* Writes ,key="value": in front of it there is another label. */
static void put_label(FILE *out, const char *key, const char *value)
{
	put_label_behind(out, ',', key, value);
}

/* What tells a path from all others: the route and which member of it. */
static void put_member(FILE *out, uint64_t id, const struct branch *t)
{
	fprintf(out, "{way=\"%016" PRIx64 "\",member=\"%" PRIu64 "\"", id,
		t->member);
}

static void put_end(FILE *out, const struct end *end)
{
	put_label(out, "how", record_hows[end->how]);
	put_label(out, "what", end->kind);
	put_label(out, "func", end->func);
	put_label(out, "reason", end->reason);
	put_label(out, "location", end->location);
	put_label(out, "rule", end->rule);
	put_label(out, "verdict", end->verdict);
	put_label(out, "loss", !why_knows_loss(end->how, end->verdict) ? NULL :
			       end->done ? "no" : "yes");
}

/* What the run itself has counted, as far as the records tell. */
static void put_run(FILE *out, const struct notes *notes)
{
	static const char *const helps[RUN_NOTES] = {
		"Packets that were selected.",
		"Events of which no record tells.",
		"Probes that were reached and did not run.",
		"Packets that matched while the table was full.",
		"Relatives for which the table had no room.",
	};
	char name[64];
	struct number n;
	size_t i;

	for (i = 0; i < RUN_NOTES; i++) {
		n = run_note(notes, run_notes[i]);
		if (!n.known)
			continue;
		snprintf(name, sizeof(name), "run_%s_total", run_notes[i]);
		put_head(out, name, "counter", helps[i]);
		fprintf(out, "bpfpath_%s %" PRIu64 "\n", name, n.value);
	}
}

static void put_packets(FILE *out, const struct routes *routes)
{
	put_head(out, "packets_total", "counter",
		 "Packets that were traced, by whether their paths are complete.");
	fprintf(out, "bpfpath_packets_total{complete=\"yes\"} %" PRIu64 "\n",
		routes->packets - routes->incomplete);
	fprintf(out, "bpfpath_packets_total{complete=\"no\"} %" PRIu64 "\n",
		routes->incomplete);
	put_head(out, "late_total", "counter",
		 "How often records came when their packet was counted.");
	fprintf(out, "bpfpath_late_total %" PRIu64 "\n", routes->late);
}

/* All ends, also those of packets that are not complete. */
static void put_ends(FILE *out, const struct stats *s)
{
	const struct end *end;
	size_t i;

	put_head(out, "ends_total", "counter",
		 "Packets and their relatives by how and where they ended.");
	for (i = 0; i < s->ends; i++) {
		end = &s->end[i];
		if (end->packets) {
			fputs("bpfpath_ends_total{of=\"packet\"", out);
			put_end(out, end);
			fprintf(out, "} %" PRIu64 "\n", end->packets);
		}
		if (end->relatives) {
			fputs("bpfpath_ends_total{of=\"relative\"", out);
			put_end(out, end);
			fprintf(out, "} %" PRIu64 "\n", end->relatives);
		}
	}
}

typedef void (*member_fn)(FILE *out, uint64_t id, const struct branch *t);

/* Calls put for each path of each route. */
static void each_member(FILE *out, const struct stats *s, member_fn put)
{
	const struct route *route;
	uint64_t id;
	size_t i, k;

	for (i = 0; i < s->routes.count; i++) {
		route = s->routes.route[i];
		id = route_id(route);
		for (k = 0; k < route->members; k++)
			put(out, id, &route->member[k]);
	}
}

static void put_routes(FILE *out, const struct stats *s)
{
	size_t i;

	put_head(out, "way_packets_total", "counter",
		 "Packets with complete paths, by the route they took.");
	for (i = 0; i < s->routes.count; i++)
		fprintf(out, "bpfpath_way_packets_total{way=\"%016" PRIx64
			"\"} %" PRIu64 "\n", route_id(s->routes.route[i]),
			s->routes.route[i]->packets);
}

static void put_info(FILE *out, uint64_t id, const struct branch *t)
{
	const struct end end = stats_end(t);

	fputs("bpfpath_way_info", out);
	put_member(out, id, t);
	put_label(out, "beginning", t->origin.func);
	put_label(out, "interface", t->origin.ifname);
	put_end(out, &end);
	fprintf(out, ",steps=\"%zu\"} 1\n", t->count);
}

/* What a histogram is of: a member of a route, or a queue. */
struct subject {
	const char *name;
	uint64_t id;
	const struct branch *member;
	const char *queue;	/* member is NULL */
};

/* Begins a line. */
static void put_subject(FILE *out, const struct subject *of, const char *what)
{
	fprintf(out, "bpfpath_%s_%s", of->name, what);
	if (of->member)
		put_member(out, of->id, of->member);
	else
		put_first_label(out, "queue", of->queue);
}

static void put_histogram(FILE *out, const struct subject *of,
			  const struct hist *h)
{
	uint64_t below = 0;
	unsigned int i;

	for (i = 0; hist_limit(i) <= LIMIT_LAST; i++) {
		below += hist_round(h, i);
		if (hist_limit(i) < LIMIT_FIRST)
			continue;
		put_subject(out, of, "bucket");
		/* "1e-06", "0.05": as Prometheus writes them itself */
		fprintf(out, ",le=\"%g\"} %" PRIu64 "\n",
			(double)hist_limit(i) / 1e9, below);
	}
	put_subject(out, of, "bucket");
	fprintf(out, ",le=\"+Inf\"} %" PRIu64 "\n", h->count);
	put_subject(out, of, "sum");
	fputs("} ", out);
	put_seconds(out, h->sum);
	putc('\n', out);
	put_subject(out, of, "count");
	fprintf(out, "} %" PRIu64 "\n", h->count);
}

static void put_time(FILE *out, uint64_t id, const struct branch *t)
{
	const struct subject of = { .name = "way_seconds", .id = id,
				    .member = t };

	put_histogram(out, &of, &t->total);
}

static void put_waits(FILE *out, const struct stats *s)
{
	struct subject of = { .name = "wait_seconds" };
	size_t i;

	put_head(out, of.name, "histogram", "Time in a queue.");
	for (i = 0; i < s->queues; i++) {
		of.queue = s->queue[i].queue;
		put_histogram(out, &of, &s->queue[i].ns);
	}
}

static void put_step_labels(FILE *out, uint64_t id, const struct branch *t,
			    size_t i)
{
	put_member(out, id, t);
	fprintf(out, ",step=\"%zu\"", i);
	put_label(out, "func", t->step[i].func);
	put_label(out, "interface", t->step[i].ifname);
}

static void put_step(FILE *out, uint64_t id, const struct branch *t, size_t i)
{
	static const unsigned int percents[] = { 50, 90, 99, 100 };
	static const char *const quantiles[] = { "0.5", "0.9", "0.99", "1" };
	const struct hist *h = &t->delays[i];
	size_t k;

	for (k = 0; k < 4 && h->count; k++) {
		fputs("bpfpath_step_seconds", out);
		put_step_labels(out, id, t, i);
		fprintf(out, ",quantile=\"%s\"} ", quantiles[k]);
		put_seconds(out, hist_percentile(h, percents[k]));
		putc('\n', out);
	}
	fputs("bpfpath_step_seconds_sum", out);
	put_step_labels(out, id, t, i);
	fputs("} ", out);
	put_seconds(out, h->sum);
	fputs("\nbpfpath_step_seconds_count", out);
	put_step_labels(out, id, t, i);
	fprintf(out, "} %" PRIu64 "\n", h->count);
}

static void put_steps(FILE *out, uint64_t id, const struct branch *t)
{
	size_t i;

	for (i = 0; i < t->count; i++)
		put_step(out, id, t, i);
}

int prometheus_print(const struct output *o)
{
	struct stats *s = o->context;

	if (!s)
		return 0;
	routes_sort(&s->routes);
	put_run(o->file, o->notes);
	put_packets(o->file, &s->routes);
	put_ends(o->file, s);
	put_routes(o->file, s);
	put_head(o->file, "way_info", "gauge",
		 "Where each route, and each member of it, begins and ends.");
	each_member(o->file, s, put_info);
	put_head(o->file, "way_seconds", "histogram",
		 "Time from beginning to end.");
	each_member(o->file, s, put_time);
	put_head(o->file, "step_seconds", "summary",
		 "Time since the step before.");
	each_member(o->file, s, put_steps);
	put_waits(o->file, s);
	return 0;
}
