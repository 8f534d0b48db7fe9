// SPDX-License-Identifier: GPL-2.0-only
#include "steps.h"
#include "utf8.h"
#include "verdict.h"

#include <inttypes.h>
#include <string.h>

#define CELL_ROOM	32	/* for a number, bytes */
#define CELL_WIDEST	20	/* a wider cell breaks its line's alignment */

/* A step of a path. */
struct row {
	const struct path *path;
	uint64_t start;		/* what times are counted from, ns */
	size_t i;
	const struct record *step, *before;	/* before: NULL at the first */
};

typedef const char *(*cell_fn)(const struct row *row, char buf[CELL_ROOM]);

struct text_column {
	const char *title;
	cell_fn cell;		/* gives the text, in buf or elsewhere */
	bool left;		/* aligned left */
	bool verbose;		/* only with -v */
	bool rare;		/* only when a step has it */
};

static const char *cell_number(struct number n, char buf[CELL_ROOM])
{
	if (!n.known)
		return "-";
	snprintf(buf, CELL_ROOM, "%" PRIu64, n.value);
	return buf;
}

static const char *cell_hex(struct number n, char buf[CELL_ROOM])
{
	if (!n.known)
		return "-";
	snprintf(buf, CELL_ROOM, "0x%" PRIx64, n.value);
	return buf;
}

static const char *cell_time(const struct row *row, char buf[CELL_ROOM])
{
	return us_format(buf, row->start, row->step->ns.value);
}

static const char *cell_delta(const struct row *row, char buf[CELL_ROOM])
{
	if (!row->before)
		return "-";
	return us_format(buf, row->before->ns.value, row->step->ns.value);
}

static const char *cell_cpu(const struct row *row, char buf[CELL_ROOM])
{
	return cell_number(row->step->cpu, buf);
}

static const char *cell_interface(const struct row *row, char buf[CELL_ROOM])
{
	(void)buf;
	return row->step->ifname ? row->step->ifname : "-";
}

static const char *cell_mark(const struct row *row, char buf[CELL_ROOM])
{
	return cell_hex(row->step->mark, buf);
}

static const char *cell_len(const struct row *row, char buf[CELL_ROOM])
{
	return cell_number(row->step->len, buf);
}

static const char *cell_skb(const struct row *row, char buf[CELL_ROOM])
{
	return cell_hex(row->step->skb, buf);
}

static const char *cell_id(const struct row *row, char buf[CELL_ROOM])
{
	return cell_number(row->step->id, buf);
}

/* The function's name comes last: it may be long. */
static const struct text_column columns[] = {
	{ .title = "us", .cell = cell_time },
	{ .title = "+us", .cell = cell_delta },
	{ .title = "cpu", .cell = cell_cpu },
	{ .title = "interface", .cell = cell_interface, .left = true },
	{ .title = "id", .cell = cell_id, .rare = true },
	{ .title = "mark", .cell = cell_mark, .verbose = true },
	{ .title = "len", .cell = cell_len, .verbose = true },
	{ .title = "skb", .cell = cell_skb, .verbose = true },
};

#define TEXT_COLUMNS	(sizeof(columns) / sizeof(columns[0]))

/* How one path is printed: widths of the columns; 0: not shown. */
struct layout {
	uint64_t start;
	size_t width[TEXT_COLUMNS];
};

static struct row row_at(const struct layout *lay, const struct path *p,
			 size_t i)
{
	return (struct row){
		.path = p,
		.start = lay->start,
		.i = i,
		.step = p->steps[i],
		.before = i ? p->steps[i - 1] : p->origin,
	};
}

static size_t widest_cell(const struct layout *lay,
			  const struct text_column *col, const struct path *p)
{
	size_t i, width, widest = utf8_print(NULL, col->title);
	char buf[CELL_ROOM];
	struct row row;

	for (i = 0; i < p->count; i++) {
		row = row_at(lay, p, i);
		width = utf8_print(NULL, col->cell(&row, buf));
		if (width > widest)
			widest = width;
	}
	return widest < CELL_WIDEST ? widest : CELL_WIDEST;
}

/* Does any step have more than "-" there? */
static bool has_cells(const struct layout *lay, const struct text_column *col,
		      const struct path *p)
{
	char buf[CELL_ROOM];
	struct row row;
	size_t i;

	for (i = 0; i < p->count; i++) {
		row = row_at(lay, p, i);
		if (strcmp(col->cell(&row, buf), "-"))
			return true;
	}
	return false;
}

static void lay_out(struct layout *lay, const struct output *o,
		    const struct path *p)
{
	const struct text_column *col;
	size_t i;

	for (i = 0; i < TEXT_COLUMNS; i++) {
		col = &columns[i];
		if ((col->verbose && !o->verbose) ||
		    (col->rare && !has_cells(lay, col, p)))
			lay->width[i] = 0;
		else
			lay->width[i] = widest_cell(lay, col, p);
	}
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

static void put_titles(FILE *out, const struct layout *lay)
{
	size_t i;

	for (i = 0; i < TEXT_COLUMNS; i++)
		if (lay->width[i])
			put_cell(out, columns[i].title, lay->width[i],
				 columns[i].left);
	fputs("  function\n", out);
}

static void put_row(FILE *out, const struct layout *lay, const struct row *row)
{
	char buf[CELL_ROOM];
	size_t i;

	for (i = 0; i < TEXT_COLUMNS; i++)
		if (lay->width[i])
			put_cell(out, columns[i].cell(row, buf), lay->width[i],
				 columns[i].left);
	fputs("  ", out);
	utf8_print(out, row->step->func ? row->step->func : "-");
	if (path_is_twice(row->path, row->i))
		fprintf(out, "  (recorded twice: step %" PRIu64 ")",
			row->step->seq.value);
	putc('\n', out);
}

/* Indents a remark to where the functions stand. */
static void put_indent(FILE *out, const struct layout *lay)
{
	size_t i;

	for (i = 0; i < TEXT_COLUMNS; i++)
		if (lay->width[i])
			put_spaces(out, 2 + lay->width[i]);
	put_spaces(out, 2);
}

/* Says what is missing before step i, or after the last one. */
static void put_gap(FILE *out, const struct layout *lay, const struct path *p,
		    size_t i)
{
	uint64_t gap = path_gap(p, i);

	if (!gap)
		return;
	put_indent(out, lay);
	fprintf(out, "... %" PRIu64 " step%s missing%s ...\n", gap,
		gap == 1 ? "" : "s", p->numbered ? "" : ", not known where");
}

/* Says in which network namespace the packet is when it changes. */
static void put_netns(FILE *out, const struct layout *lay,
		      struct number *current, struct number netns)
{
	if (!netns.known ||
	    (current->known && current->value == netns.value))
		return;
	put_indent(out, lay);
	fprintf(out, "[netns %" PRIu64 "]\n", netns.value);
	*current = netns;
}

/*
 * Prints the steps of p as a table, times counted from start, ns. With
 * o->verbose it has all columns.
 */
void steps_print(const struct output *o, const struct path *p, uint64_t start)
{
	struct number netns = { .known = false };
	struct layout lay = { .start = start };
	struct row row;
	size_t i;

	if (!p->count) {
		fputs("  no steps recorded\n", o->file);
		return;
	}
	lay_out(&lay, o, p);
	put_titles(o->file, &lay);
	if (p->origin)
		netns = p->origin->netns;
	for (i = 0; i < p->count; i++) {
		row = row_at(&lay, p, i);
		put_gap(o->file, &lay, p, i);
		put_netns(o->file, &lay, &netns, row.step->netns);
		put_row(o->file, &lay, &row);
	}
	put_gap(o->file, &lay, p, i);
}
