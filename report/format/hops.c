// SPDX-License-Identifier: GPL-2.0-only
#include "hops.h"
#include "../diagnose/direction.h"
#include "flow.h"
#include "pad.h"
#include "netns_name.h"
#include "../input/utf8.h"
#include "verdict.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define CELL_ROOM	(2 * FLOW_ROOM + 2)	/* for a cell's text, bytes */

/* A segment on an interface, arriving or leaving. */
struct hop {
	const struct record *first;	/* with the place, when it is known */
	const char *direction;		/* NULL: not known */
	size_t steps;
	uint64_t missing;		/* steps in it or right after it */
};

struct hops {
	const struct output *o;
	struct hop *hop;
	size_t count;
	uint64_t start;		/* what times are counted from, ns */
};

typedef const char *(*cell_fn)(const struct hops *h, const struct hop *hop,
			       char buf[CELL_ROOM]);

struct hop_column {
	const char *title;
	cell_fn cell;		/* gives the text, in buf or elsewhere */
	bool left;		/* aligned left */
	bool rare;		/* only when a hop has it */
};

static const char *cell_number(struct number n, char buf[CELL_ROOM])
{
	if (!n.known)
		return "-";
	snprintf(buf, CELL_ROOM, "%" PRIu64, n.value);
	return buf;
}

static const char *cell_time(const struct hops *h, const struct hop *hop,
			     char buf[CELL_ROOM])
{
	return us_format(buf, h->start, hop->first->ns.value);
}

static const char *cell_netns(const struct hops *h, const struct hop *hop,
			      char buf[CELL_ROOM])
{
	const char *text = netns_text(buf, h->o->notes, hop->first->netns);

	return text ? text : "-";
}

static const char *cell_interface(const struct hops *h, const struct hop *hop,
				  char buf[CELL_ROOM])
{
	(void)h;
	(void)buf;
	return hop->first->ifname ? hop->first->ifname : "-";
}

static const char *cell_direction(const struct hops *h, const struct hop *hop,
				  char buf[CELL_ROOM])
{
	(void)h;
	(void)buf;
	return hop->direction ? hop->direction : "-";
}

static const char *cell_len(const struct hops *h, const struct hop *hop,
			    char buf[CELL_ROOM])
{
	(void)h;
	return cell_number(hop->first->len, buf);
}

static const char *cell_steps(const struct hops *h, const struct hop *hop,
			      char buf[CELL_ROOM])
{
	(void)h;
	return cell_number((struct number){ true, hop->steps }, buf);
}

/* What packet it is there, as its own headers say. */
static const char *cell_packet(const struct hops *h, const struct hop *hop,
			       char buf[CELL_ROOM])
{
	char flow[FLOW_ROOM], what[FLOW_ROOM];

	(void)h;
	if (!flow_format(flow, hop->first) || !flow_describe(what, hop->first))
		return "-";
	snprintf(buf, CELL_ROOM, "%s, %s", flow, what);
	return buf;
}

/* The fields that were asked for, at the first step. */
static const char *cell_fields(const struct hops *h, const struct hop *hop,
			       char buf[CELL_ROOM])
{
	(void)h;
	(void)buf;
	return hop->first->fields ? hop->first->fields : "-";
}

static const struct hop_column columns[] = {
	{ .title = "us", .cell = cell_time },
	{ .title = "netns", .cell = cell_netns },
	{ .title = "interface", .cell = cell_interface, .left = true },
	{ .title = "dir", .cell = cell_direction, .left = true },
	{ .title = "len", .cell = cell_len },
	{ .title = "steps", .cell = cell_steps },
	{ .title = "fields", .cell = cell_fields, .left = true, .rare = true },
	{ .title = "packet", .cell = cell_packet, .left = true, .rare = true },
};

#define HOP_COLUMNS	(sizeof(columns) / sizeof(columns[0]))

/* A record that tells no place, or no direction, is where the one before was. */
static bool is_crossing(const struct hop *hop, const struct record *rec,
			const char *direction)
{
	if (record_has_place(hop->first) && record_has_place(rec) &&
	    !record_same_place(hop->first, rec))
		return true;
	return direction && hop->direction && strcmp(direction, hop->direction);
}

static void add_record(struct hops *h, const struct record *rec)
{
	const char *direction = direction_of(h->o->data, rec->func);
	struct hop *hop = h->count ? &h->hop[h->count - 1] : NULL;

	if (!hop || is_crossing(hop, rec, direction)) {
		hop = &h->hop[h->count++];
		*hop = (struct hop){ .first = rec };
	}
	if (!record_has_place(hop->first))
		hop->first = rec;
	if (!hop->direction)
		hop->direction = direction;
	hop->steps += rec->type == RECORD_STEP;
}

/* The last one is as wide as it is. */
static void put_cell(FILE *out, const struct hop_column *col, size_t width,
		     const char *text)
{
	if (!width)
		return;
	pad_spaces(out, 2);
	if (col == &columns[HOP_COLUMNS - 1])
		utf8_print(out, text);
	else if (col->left)
		pad_right(out, text, width);
	else
		pad_left(out, text, width);
}

/* 0: it is not shown. */
static size_t widest_cell(const struct hops *h, const struct hop_column *col)
{
	size_t i, width, widest = strlen(col->title);
	bool any = !col->rare;
	char buf[CELL_ROOM];
	const char *text;

	for (i = 0; i < h->count; i++) {
		text = col->cell(h, &h->hop[i], buf);
		any |= strcmp(text, "-") != 0;
		width = utf8_print(NULL, text);
		if (width > widest)
			widest = width;
	}
	return any ? widest : 0;
}

/* A gap may hide that it crossed an interface. */
static void put_gap(FILE *out, uint64_t missing)
{
	if (missing)
		fprintf(out, "  ... %" PRIu64 " step%s missing ...\n", missing,
			missing == 1 ? "" : "s");
}

static void put_hops(FILE *out, const struct hops *h)
{
	size_t i, k, width[HOP_COLUMNS];
	char buf[CELL_ROOM];

	for (k = 0; k < HOP_COLUMNS; k++) {
		width[k] = widest_cell(h, &columns[k]);
		put_cell(out, &columns[k], width[k], columns[k].title);
	}
	putc('\n', out);
	for (i = 0; i < h->count; i++) {
		for (k = 0; k < HOP_COLUMNS; k++)
			put_cell(out, &columns[k], width[k],
				 columns[k].cell(h, &h->hop[i], buf));
		putc('\n', out);
		put_gap(out, h->hop[i].missing);
	}
}

/* Returns 0 or -ENOMEM; the caller gives back h->hop. */
static int find_hops(struct hops *h, const struct path *p)
{
	size_t i;

	h->hop = calloc(p->count + 1, sizeof(*h->hop));
	if (!h->hop)
		return -ENOMEM;
	if (p->origin && p->origin->type == RECORD_SELECT)
		add_record(h, p->origin);
	for (i = 0; i <= p->count; i++) {
		if (h->count)
			h->hop[h->count - 1].missing += path_gap(p, i);
		if (i < p->count)
			add_record(h, p->steps[i]);
	}
	return 0;
}

void hops_print(const struct output *o, const struct path *p, uint64_t start)
{
	struct hops h = { .o = o, .start = start };

	if (find_hops(&h, p))
		fputs("  no memory for a table\n", o->file);
	else if (!h.count)
		fputs("  no steps recorded\n", o->file);
	else
		put_hops(o->file, &h);
	free(h.hop);
}
