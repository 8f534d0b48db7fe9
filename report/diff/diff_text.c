// SPDX-License-Identifier: GPL-2.0-only
/* A difference for a person at a terminal of 80 columns. */
#include "diff_text.h"
#include "../format/pad.h"
#include "../format/wrap.h"
#include "../input/utf8.h"

#include <inttypes.h>
#include <string.h>

static const char marks[] = "-+";

/* The line of descent of both, or of the one that there is. */
static void put_line(FILE *out, const struct diff *d)
{
	const char *good = d->side[GOOD] ? d->side[GOOD]->line : NULL;
	const char *bad = d->side[BAD] ? d->side[BAD]->line : NULL;

	fputs(good ? good : bad, out);
	if (good && bad && strcmp(good, bad))
		fprintf(out, " | %s", bad);
}

static void put_func(FILE *out, const char *before, const char *func)
{
	fputs(before, out);
	utf8_print(out, func ? func : "-");
}

/* How a path ended, and where: in plain words where there are some. */
static void put_end(FILE *out, const struct branch *t)
{
	if (t->verdict && t->how == HOW_DROPPED) {
		utf8_print(out, t->verdict);
		return;
	}
	utf8_print(out, t->what ? t->what : record_hows[t->how]);
	if (t->what && t->end_func)
		put_func(out, ", freed by ", t->end_func);
	else if (t->location || t->end_func)
		put_func(out, t->location ? " in " : " by ",
			 t->location ? t->location : t->end_func);
	put_func(out, t->verdict ? ": " : "", t->verdict ? t->verdict : "");
}

/* How a route of one side begins and ends, in a line's rest. */
static void put_summary(FILE *out, const struct branch *t)
{
	fprintf(out, "%zu step%s, ", t->count, t->count == 1 ? "" : "s");
	put_end(out, t);
	if (t->reason && !t->verdict) {
		fputs(", ", out);
		utf8_print(out, t->reason);
	}
	if (t->state == PATH_INCOMPLETE)
		fputs(", INCOMPLETE", out);
}

/* What the packets are: a line for each side. */
static void put_heads(const struct output *o, const struct comparison *g)
{
	const struct route *route;
	const char *filter;
	int i;

	for (i = GOOD; i <= BAD; i++) {
		route = g->row[g->number[i]].route[i];
		filter = notes_find(g->side[i].notes, "filter");
		fprintf(o->file, "%c ", marks[i]);
		utf8_print(o->file, g->side[i].name);
		fprintf(o->file, ": packet %" PRIu64, route->packet);
		if (route->packets > 1)
			fprintf(o->file, " and %" PRIu64 " more",
				route->packets - 1);
		if (!route->complete)
			fputs(", INCOMPLETE", o->file);
		if (filter) {
			fputs(": ", o->file);
			utf8_print(o->file, filter);
		}
		putc('\n', o->file);
	}
	putc('\n', o->file);
}

/* siblings: how many relatives of which the same is to be said follow. */
static void put_copy_site(FILE *out, const struct diff *d, size_t siblings)
{
	const struct branch *t = d->side[GOOD] ? d->side[GOOD] : d->side[BAD];

	if (!t->member)
		return;
	fputs("relative ", out);
	put_line(out, d);
	if (siblings)
		fprintf(out, " and %zu more like it", siblings);
	if (t->origin.func) {
		fputs(", made by ", out);
		utf8_print(out, t->origin.func);
	}
	fputs(": ", out);
}

/* The packet itself or a relative, of which the other side has none. */
static void put_lonely(FILE *out, const struct diff *d, size_t siblings)
{
	int side = d->side[GOOD] ? GOOD : BAD;

	fprintf(out, "%c ", marks[side]);
	put_copy_site(out, d, siblings);
	put_summary(out, d->side[side]);
	putc('\n', out);
}

/* The function of the first step of a side from a row on. */
static const char *next_func(const struct diff *d, size_t row, int side)
{
	const struct branch_step *step = NULL;

	for (; row < d->rows && !step; row++)
		step = diff_step(d, row, side);
	if (!step)
		return "nothing";
	return step->func ? step->func : "-";
}

/* What each did after the row before this one. */
static void put_then(FILE *out, const struct diff *d, size_t row)
{
	put_func(out, ", then ", next_func(d, row, GOOD));
	put_func(out, " | ", next_func(d, row, BAD));
}

/* The places in which the common steps, or the beginnings, differ. */
static unsigned int places(const struct diff *d)
{
	unsigned int what = d->origin;
	size_t i;

	for (i = 0; i < d->rows; i++)
		what |= d->row[i].what;
	return what & DIFF_PLACE;
}

/* The functions are the same ones: then what is not? */
static void put_other(FILE *out, const struct diff *d)
{
	unsigned int what = places(d);

	fputs("the same functions", out);
	if (what & DIFF_FUNC)
		fputs(", another beginning", out);
	if (what & DIFF_IFACE)
		fputs(", another interface", out);
	if (what & DIFF_NETNS)
		fputs(", another namespace", out);
	if (!branch_ends_alike(d->side[GOOD], d->side[BAD], d->offsets))
		fputs(", another end", out);
}

/* Where the routes part; alone: also what each did next. */
static void put_parting(FILE *out, const struct diff *d, bool alone)
{
	if (d->last == ALIGN_NONE) {
		fputs("no common function", out);
		return;
	}
	if (d->parted < d->last) {
		if (d->parted)
			put_func(out, "parted after ",
				 diff_step(d, d->parted - 1, GOOD)->func);
		else
			fputs("parted from the beginning", out);
		if (alone)
			put_then(out, d, d->parted);
		fputs("; ", out);
	}
	put_func(out, "last common function ",
		 diff_step(d, d->last, GOOD)->func);
	if (alone && d->last + 1 < d->rows)
		put_then(out, d, d->last + 1);
}

static void put_ends(FILE *out, const struct diff *d)
{
	if (branch_ends_alike(d->side[GOOD], d->side[BAD], d->offsets))
		return;
	fputs("; ", out);
	put_end(out, d->side[GOOD]);
	fputs(" | ", out);
	put_end(out, d->side[BAD]);
}

static void put_another(FILE *out, const struct diff *d, bool alone)
{
	fputs("another route: ", out);
	if (d->parted == ALIGN_NONE)
		put_other(out, d);
	else
		put_parting(out, d, alone);
	if (alone)
		put_ends(out, d);
}

/*
 * Prints in a line what is to be said of two packets or relatives; alone: with what
 * otherwise stands in the lines above it.
 */
static void put_verdict(FILE *out, const struct diff *d, size_t siblings,
			bool alone)
{
	put_copy_site(out, d, siblings);
	if (d->same)
		fprintf(out, "the same route, %zu step%s", d->rows,
			d->rows == 1 ? "" : "s");
	else
		put_another(out, d, alone);
	if (d->side[GOOD]->state == PATH_INCOMPLETE ||
	    d->side[BAD]->state == PATH_INCOMPLETE)
		fputs("; as far as recorded: INCOMPLETE", out);
	putc('\n', out);
}

/* Why both were dropped, or the one that was; once when it is the same. */
static void put_whys(FILE *out, const struct diff *d)
{
	const struct branch *good = d->side[GOOD], *bad = d->side[BAD];
	char mark[] = "- ";
	int i;

	for (i = GOOD; i <= BAD; i++) {
		mark[0] = good->verdict == bad->verdict ? ' ' : marks[i];
		utf8_line(out, mark, d->side[i]->verdict);
		utf8_line(out, "  usual cause: ", d->side[i]->cause);
		utf8_line(out, WRAP_COMMANDS, d->side[i]->next);
		if (good->verdict == bad->verdict)
			break;
	}
}

static void put_member(const struct output *o, const struct comparison *g,
		       const struct diff *d, size_t siblings)
{
	if (!d->side[GOOD] || !d->side[BAD]) {
		put_lonely(o->file, d, siblings);
		return;
	}
	if (!o->quiet && (!d->side[GOOD]->member || !d->same || o->verbose)) {
		if (d->side[GOOD]->member)
			putc('\n', o->file);
		diff_steps(o, g, d);
		diff_table(o, g, d);
	}
	put_verdict(o->file, d, siblings, o->quiet);
	if (!o->quiet && !siblings)
		put_whys(o->file, d);
}

static bool is_sibling(const struct branch *a, const struct branch *b)
{
	return a && b ? branch_is_sibling(a, b) : a == b;
}

/* How many relatives behind number i there are of which the same is true. */
static size_t count_siblings(const struct diff_route *d, size_t i)
{
	const struct diff *first = &d->member[i], *next;
	size_t k;

	for (k = i + 1; k < d->members; k++) {
		next = &d->member[k];
		if (next->same != first->same ||
		    !is_sibling(first->side[GOOD], next->side[GOOD]) ||
		    !is_sibling(first->side[BAD], next->side[BAD]))
			break;
	}
	return k - i - 1;
}

static void put_members(const struct output *o, const struct comparison *g)
{
	size_t i, siblings;

	for (i = 0; i < g->nearest.members; i += 1 + siblings) {
		siblings = o->verbose ? 0 : count_siblings(&g->nearest, i);
		put_member(o, g, &g->nearest.member[i], siblings);
	}
}

static void put_side(FILE *out, const struct comparison *g, int i)
{
	const struct side *side = &g->side[i];

	fprintf(out, "%c ", marks[i]);
	utf8_print(out, side->name);
	fprintf(out, ": %" PRIu64 " packet%s, %zu route%s", side->routes.packets,
		side->routes.packets == 1 ? "" : "s", g->count[i],
		g->count[i] == 1 ? "" : "s");
	if (side->routes.incomplete)
		fprintf(out, ", %" PRIu64 " INCOMPLETE",
			side->routes.incomplete);
	putc('\n', out);
}

/* How many packets of a side took the route; "-": none. */
static void put_count(FILE *out, const struct route *route)
{
	char count[32] = "-";

	if (route)
		snprintf(count, sizeof(count), "%" PRIu64, route->packets);
	fputs("  ", out);
	pad_left(out, count, 7);
}

static void put_row(FILE *out, const struct comparison_row *row)
{
	const struct route *route = row->route[GOOD] ? row->route[GOOD] :
						 row->route[BAD];

	putc(!row->route[BAD] ? '-' : !row->route[GOOD] ? '+' : ' ', out);
	put_count(out, row->route[GOOD]);
	put_count(out, row->route[BAD]);
	fputs("  ", out);
	if (route->members && route->member[0].origin.ifname) {
		utf8_print(out, route->member[0].origin.ifname);
		fputs(": ", out);
	}
	if (route->members)
		put_summary(out, &route->member[0]);
	if (route->members > 1)
		fprintf(out, ", %zu relative%s", route->members - 1,
			route->members == 2 ? "" : "s");
	putc('\n', out);
}

/* All routes of both sides, and how many packets took them. */
static void put_routes(const struct output *o, const struct comparison *g)
{
	size_t i;

	put_side(o->file, g, GOOD);
	put_side(o->file, g, BAD);
	fputs("\n        -        +  route\n", o->file);
	for (i = 0; i < g->rows; i++)
		put_row(o->file, &g->row[i]);
	putc('\n', o->file);
}

void diff_text(const struct output *o, const struct comparison *g)
{
	bool several = g->side[GOOD].routes.packets > 1 ||
		       g->side[BAD].routes.packets > 1;

	if (!o->quiet && several)
		put_routes(o, g);
	if (!o->quiet)
		put_heads(o, g);
	put_members(o, g);
	utf8_line(o->file, "differs only by ", g->caches);
	if (several)
		fprintf(o->file, "%s routes in both\n",
			g->same ? "the same" : "not the same");
}
