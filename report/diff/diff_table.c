// SPDX-License-Identifier: GPL-2.0-only
/* What differs between two packets apart from their steps, side by side. */
#include "diff_text.h"
#include "../format/pad.h"
#include "../input/utf8.h"
#include "../format/verdict.h"

#include <inttypes.h>
#include <string.h>

#define CELL_ROOM	128
#define NAME_WIDTH	10
#define CELL_WIDTH	26

struct grid {
	FILE *out;
	const struct comparison *g;
	const struct diff *d;
	bool begun;
};

/* A file's name without its directory. */
static const char *short_name(const struct side *side)
{
	const char *slash = strrchr(side->name, '/');

	return slash && slash[1] ? slash + 1 : side->name;
}

static void begin(struct grid *t)
{
	if (t->begun)
		return;
	t->begun = true;
	putc('\n', t->out);
	pad_spaces(t->out, NAME_WIDTH + 4);
	fputs("- ", t->out);
	pad_right(t->out, short_name(&t->g->side[GOOD]), CELL_WIDTH - 2);
	fputs("  + ", t->out);
	utf8_print(t->out, short_name(&t->g->side[BAD]));
	putc('\n', t->out);
}

/* A line of the table; where: a remark behind it, or "". */
static void put_line(struct grid *t, const char *name, const char *good,
		     const char *bad, const char *where)
{
	begin(t);
	fputs("  ", t->out);
	pad_right(t->out, name, NAME_WIDTH);
	fputs("  ", t->out);
	pad_right(t->out, good ? good : "-", CELL_WIDTH);
	fputs("  ", t->out);
	pad_right(t->out, bad ? bad : "-", *where ? 14 : 0);
	if (*where)
		fprintf(t->out, "  %s", where);
	putc('\n', t->out);
}

/* The same, unless both are equal. */
static void put_strings(struct grid *t, const char *name, const char *good,
			const char *bad)
{
	if (good == bad || (good && bad && !strcmp(good, bad)))
		return;
	put_line(t, name, good, bad, "");
}

static const char *number_cell(struct number n, bool hex, char cell[CELL_ROOM])
{
	if (!n.known)
		return "-";
	snprintf(cell, CELL_ROOM, hex ? "0x%" PRIx64 : "%" PRIu64, n.value);
	return cell;
}

/* The value of one kind that a step has. */
static const char *value_cell(const struct branch_step *step,
			      enum diff_what what, char cell[CELL_ROOM])
{
	switch (what) {
	case DIFF_FUNC:
		return step->func ? step->func : "-";
	case DIFF_IFACE:
		return step->ifname ? step->ifname : "-";
	case DIFF_NETNS:
		return number_cell(step->netns, false, cell);
	case DIFF_MARK:
		return number_cell(step->mark, true, cell);
	case DIFF_LEN:
		return number_cell(step->len, false, cell);
	case DIFF_FLOW:
		return step->addresses ? step->addresses : "-";
	case DIFF_TIME:
		break;
	}
	return "";
}

static void put_values(struct grid *t, const char *name, enum diff_what what,
		       const struct branch_step *good,
		       const struct branch_step *bad, const char *where)
{
	char one[CELL_ROOM], two[CELL_ROOM], at[CELL_ROOM];

	snprintf(at, sizeof(at), "at %s", where ? where : "-");
	put_line(t, name, value_cell(good, what, one),
		 value_cell(bad, what, two), at);
}

/* The first place where the two differ in this. */
static void put_first(struct grid *t, const char *name, enum diff_what what)
{
	const struct diff *d = t->d;
	const struct branch_step *good;
	size_t i;

	if (d->origin & what) {
		put_values(t, name, what, &d->side[GOOD]->origin,
			   &d->side[BAD]->origin, d->side[GOOD]->member ?
			   "the derivation" : "the selection");
		return;
	}
	for (i = 0; i < d->rows; i++)
		if (d->row[i].what & what) {
			good = diff_step(d, i, GOOD);
			put_values(t, name, what, good, diff_step(d, i, BAD),
				   good->func);
			return;
		}
}

static void put_time(struct grid *t)
{
	const struct hist *good = &t->d->side[GOOD]->total;
	const struct hist *bad = &t->d->side[BAD]->total;
	char one[US_ROOM], two[US_ROOM];

	us_format(one, 0, hist_percentile(good, 50));
	us_format(two, 0, hist_percentile(bad, 50));
	put_strings(t, "us", good->count ? one : NULL,
		    bad->count ? two : NULL);
}

static const char *state_cell(const struct branch *branch, char cell[CELL_ROOM])
{
	if (branch->state == PATH_COMPLETE)
		return "complete";
	if (branch->state == PATH_NOT_KNOWN)
		return "not numbered";
	if (branch->lost.value)
		snprintf(cell, CELL_ROOM, "INCOMPLETE: %" PRIu64 " missing",
			 branch->lost.value);
	else if (branch->missed.value)
		snprintf(cell, CELL_ROOM, "INCOMPLETE: %" PRIu64 " not run",
			 branch->missed.value);
	else
		return "INCOMPLETE";
	return cell;
}

static void put_end(struct grid *t)
{
	const struct branch *good = t->d->side[GOOD], *bad = t->d->side[BAD];
	char one[CELL_ROOM], two[CELL_ROOM];

	put_strings(t, "end", good->what ? good->what : record_hows[good->how],
		    bad->what ? bad->what : record_hows[bad->how]);
	put_strings(t, "by", good->end_func, bad->end_func);
	put_strings(t, "in", good->location, bad->location);
	put_strings(t, "reason", good->reason, bad->reason);
	put_strings(t, "rule", good->rule, bad->rule);
	snprintf(one, sizeof(one), "%zu", good->count);
	snprintf(two, sizeof(two), "%zu", bad->count);
	put_strings(t, "steps", one, two);
	put_time(t);
	if (good->state == PATH_INCOMPLETE || bad->state == PATH_INCOMPLETE ||
	    good->state != bad->state)
		put_line(t, "recorded", state_cell(good, one),
			 state_cell(bad, two), "");
}

/* How the traces were taken. */
static void put_notes(struct grid *t)
{
	static const char *const names[] = {
		"filter", "kernel", "attach", "read", NULL
	};
	int i;

	for (i = 0; names[i]; i++)
		put_strings(t, names[i],
			    notes_find(t->g->side[GOOD].notes, names[i]),
			    notes_find(t->g->side[BAD].notes, names[i]));
}

void diff_table(const struct output *o, const struct comparison *g,
		const struct diff *d)
{
	struct grid t = { .out = o->file, .g = g, .d = d };

	put_first(&t, "beginning", DIFF_FUNC);
	put_first(&t, "interface", DIFF_IFACE);
	put_first(&t, "netns", DIFF_NETNS);
	put_first(&t, "addresses", DIFF_FLOW);
	put_first(&t, "mark", DIFF_MARK);
	put_first(&t, "len", DIFF_LEN);
	put_end(&t);
	if (!d->side[GOOD]->member)
		put_notes(&t);
	putc('\n', o->file);
}
