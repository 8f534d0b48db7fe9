// SPDX-License-Identifier: GPL-2.0-only
#include "hops.h"
#include "utf8.h"
#include "verdict.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define NAME_ROOM	256	/* for the name of a function, bytes */
#define CELL_ROOM	32	/* for a number, bytes */

/* A stay on an interface, arriving or leaving. */
struct hop {
	const struct record *first;	/* with the place, when it is known */
	const char *direction;		/* NULL: not known */
	size_t steps;
	uint64_t missing;		/* steps in it or right after it */
};

struct hops {
	const struct data *data;
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
	(void)h;
	return cell_number(hop->first->netns, buf);
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

/* What else is to be said of a packet at an interface is a column more. */
static const struct hop_column columns[] = {
	{ .title = "us", .cell = cell_time },
	{ .title = "netns", .cell = cell_netns },
	{ .title = "interface", .cell = cell_interface, .left = true },
	{ .title = "dir", .cell = cell_direction, .left = true },
	{ .title = "len", .cell = cell_len },
	{ .title = "steps", .cell = cell_steps },
};

#define HOP_COLUMNS	(sizeof(columns) / sizeof(columns[0]))

/* "in", "out", or NULL: the function does not tell. */
static const char *direction_of(const struct data *data, const char *func)
{
	const struct table_entry *found;
	char name[NAME_ROOM];

	if (!data || !func)
		return NULL;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(func, "."), func);
	found = table_find(&data->directions, (const char *[]){ name, NULL });
	return found ? found->texts[0] : NULL;
}

static bool has_place(const struct record *rec)
{
	return rec->ifname || rec->netns.known;
}

static bool same_place(const struct record *a, const struct record *b)
{
	if (!a->ifname != !b->ifname ||
	    (a->ifname && strcmp(a->ifname, b->ifname)))
		return false;
	return a->netns.known == b->netns.known &&
	       a->netns.value == b->netns.value;
}

/* A record that tells no place, or no direction, is where the one before was. */
static bool is_crossing(const struct hop *hop, const struct record *rec,
			const char *direction)
{
	if (has_place(hop->first) && has_place(rec) &&
	    !same_place(hop->first, rec))
		return true;
	return direction && hop->direction && strcmp(direction, hop->direction);
}

static void add_record(struct hops *h, const struct record *rec)
{
	const char *direction = direction_of(h->data, rec->func);
	struct hop *hop = h->count ? &h->hop[h->count - 1] : NULL;

	if (!hop || is_crossing(hop, rec, direction)) {
		hop = &h->hop[h->count++];
		*hop = (struct hop){ .first = rec };
	}
	if (!has_place(hop->first))
		hop->first = rec;
	if (!hop->direction)
		hop->direction = direction;
	hop->steps += rec->type == RECORD_STEP;
}

static void put_spaces(FILE *out, size_t count)
{
	while (count--)
		putc(' ', out);
}

static void put_cell(FILE *out, const char *text, size_t width, bool left)
{
	size_t used = utf8_print(NULL, text);
	size_t rest = used < width ? width - used : 0;

	put_spaces(out, 2 + (left ? 0 : rest));
	utf8_print(out, text);
	put_spaces(out, left ? rest : 0);
}

static size_t widest_cell(const struct hops *h, const struct hop_column *col)
{
	size_t i, width, widest = strlen(col->title);
	char buf[CELL_ROOM];

	for (i = 0; i < h->count; i++) {
		width = utf8_print(NULL, col->cell(h, &h->hop[i], buf));
		if (width > widest)
			widest = width;
	}
	return widest;
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
		put_cell(out, columns[k].title, width[k], columns[k].left);
	}
	putc('\n', out);
	for (i = 0; i < h->count; i++) {
		for (k = 0; k < HOP_COLUMNS; k++)
			put_cell(out, columns[k].cell(h, &h->hop[i], buf),
				 width[k], columns[k].left);
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

/*
 * Prints a line for each interface that p crosses, and each time that it turns
 * from arriving to leaving there; times are counted from start, ns.
 */
void hops_print(const struct output *o, const struct path *p, uint64_t start)
{
	struct hops h = { .data = o->data, .start = start };

	if (find_hops(&h, p))
		fputs("  no memory for a table\n", o->file);
	else if (!h.count)
		fputs("  no steps recorded\n", o->file);
	else
		put_hops(o->file, &h);
	free(h.hop);
}
