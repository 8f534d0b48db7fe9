// SPDX-License-Identifier: GPL-2.0-only
#include "steps.h"
#include "columns.h"
#include "extras.h"
#include "ct_text.h"
#include "flow.h"
#include "pad.h"
#include "netns_name.h"
#include "stacks.h"
#include "../path/stack.h"
#include "../path/conntrack.h"
#include "../diagnose/prog.h"
#include "../input/utf8.h"

#include <inttypes.h>
#include <string.h>

#define TEXT_LEAST	8	/* columns that a cell of text keeps, … */
#define FUNC_LEAST	16	/* … and a function's name */

#define BEFORE_MOST	40	/* columns that frames of a stack are indented */

/* How one path is printed: widths of the columns; 0: not shown. */
struct layout {
	const struct output *o;
	const struct columns *columns;
	uint64_t start;
	size_t width[MOST_COLUMNS];	/* as columns->shown */
	size_t func;			/* of the function; 0: no limit */
	struct extras extras;		/* what is not printed yet */
};

/* What the packet is known to be, and where. */
struct current {
	struct number netns;
	const struct record *flow;	/* the last one that has a flow */
	const char *ct;			/* of conntrack; NULL: none */
};

static const struct text_column *column(const struct layout *lay, size_t i)
{
	return lay->columns->shown[i].column;
}

static struct row row_at(const struct layout *lay, const struct path *p,
			 size_t i)
{
	return (struct row){
		.notes = lay->o->notes,
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
	char buf[COLUMN_ROOM];
	struct row row;

	for (i = 0; i < p->count; i++) {
		row = row_at(lay, p, i);
		width = utf8_print(NULL, columns_cell(col, &row, buf));
		if (width > widest)
			widest = width;
	}
	return widest < col->most ? widest : col->most;
}

/* Is it known at any step? */
static bool has_cells(const struct layout *lay, const struct text_column *col,
		      const struct path *p)
{
	char buf[COLUMN_ROOM];
	struct row row;
	size_t i;

	for (i = 0; i < p->count; i++) {
		row = row_at(lay, p, i);
		if (col->cell(&row, buf))
			return true;
	}
	return false;
}

/* The width of all columns, with what is between them and the function. */
static size_t width_before_func(const struct layout *lay)
{
	size_t i, width = 2;

	for (i = 0; i < lay->columns->count; i++)
		if (lay->width[i])
			width += 2 + lay->width[i];
	return width;
}

static size_t longest_func(const struct path *p)
{
	size_t i, width, longest = FUNC_LEAST;

	for (i = 0; i < p->count; i++) {
		width = p->steps[i]->func ? utf8_print(NULL, p->steps[i]->func) :
					    0;
		if (width > longest)
			longest = width;
	}
	return longest;
}

/* The place of the widest column of text that can be narrower, or count. */
static size_t widest_text(const struct layout *lay)
{
	size_t i, widest = lay->columns->count;

	for (i = 0; i < lay->columns->count; i++)
		if (column(lay, i)->left && lay->width[i] > TEXT_LEAST &&
		    (widest == lay->columns->count ||
		     lay->width[i] > lay->width[widest]))
			widest = i;
	return widest;
}

/*
 * Makes lines fit into the terminal: columns of text become narrower, and
 * what is left is the function's.
 */
static void fit(struct layout *lay, const struct path *p)
{
	size_t width = lay->o->term.width, func = longest_func(p), i;

	if (!width)
		return;
	while (width_before_func(lay) + func > width) {
		i = widest_text(lay);
		if (i == lay->columns->count)
			break;
		lay->width[i]--;
	}
	i = width_before_func(lay);
	lay->func = i + FUNC_LEAST < width ? width - i : FUNC_LEAST;
}

static void lay_out(struct layout *lay, const struct path *p)
{
	const struct text_column *col;
	size_t i;

	for (i = 0; i < lay->columns->count; i++) {
		col = column(lay, i);
		if (lay->columns->shown[i].rare && !has_cells(lay, col, p))
			lay->width[i] = 0;
		else
			lay->width[i] = widest_cell(lay, col, p);
	}
	fit(lay, p);
	lay->extras = (struct extras){
		.out = lay->o->file,
		.term = &lay->o->term,
		.indent = width_before_func(lay),
		.rules = lay->columns->rules,
	};
}

/* A text that is too wide is cut only for a terminal. */
static void put_cell(const struct layout *lay, size_t i, const char *text)
{
	bool left = column(lay, i)->left, cut = left && lay->func;
	FILE *out = lay->o->file;

	if (!lay->width[i])
		return;
	pad_spaces(out, 2);
	if (cut)
		pad_cut(out, text, lay->width[i]);
	else if (left)
		pad_right(out, text, lay->width[i]);
	else
		pad_left(out, text, lay->width[i]);
}

static void put_titles(const struct layout *lay)
{
	size_t i;

	for (i = 0; i < lay->columns->count; i++)
		put_cell(lay, i, column(lay, i)->title);
	fputs("  function\n", lay->o->file);
}

/* What is different at its interface, and the drop, stand out. */
static bool begin_colour(const struct layout *lay, const struct row *row)
{
	const struct path *p = row->path;
	const struct term *term = &lay->o->term;

	if (row->i + 1 == p->count && path_how(p) == HOW_DROPPED)
		term_begin(term, lay->o->file, COLOUR_BAD);
	else if (row->before && row->step->ifname && row->before->ifname &&
		 strcmp(row->step->ifname, row->before->ifname))
		term_begin(term, lay->o->file, COLOUR_CHANGE);
	else
		return false;
	return true;
}

static void put_func(const struct layout *lay, const struct row *row)
{
	const char *func = row->step->func ? row->step->func : "-";
	FILE *out = lay->o->file;

	if (lay->func)
		utf8_cut(out, func, lay->func);
	else
		utf8_print(out, func);
	prog_print(out, row->step);
	if (path_is_twice(row->path, row->i))
		fprintf(out, "  (recorded twice: step %" PRIu64 ")",
			row->step->seq.value);
}

static void put_row(const struct layout *lay, const struct row *row)
{
	bool coloured = begin_colour(lay, row);
	char buf[COLUMN_ROOM];
	size_t i;

	for (i = 0; i < lay->columns->count; i++)
		put_cell(lay, i, columns_cell(column(lay, i), row, buf));
	fputs("  ", lay->o->file);
	put_func(lay, row);
	if (coloured)
		term_end(&lay->o->term, lay->o->file);
	putc('\n', lay->o->file);
}

/* A remark begins where the functions stand. */
static void begin_remark(const struct layout *lay, enum colour colour)
{
	pad_spaces(lay->o->file, width_before_func(lay));
	term_begin(&lay->o->term, lay->o->file, colour);
}

static void end_remark(const struct layout *lay)
{
	term_end(&lay->o->term, lay->o->file);
	putc('\n', lay->o->file);
}

/* Says what is missing before step i, or after the last one. */
static void put_gap(const struct layout *lay, const struct path *p, size_t i)
{
	uint64_t gap = path_gap(p, i);

	if (!gap)
		return;
	begin_remark(lay, COLOUR_DOUBT);
	fprintf(lay->o->file, "... %" PRIu64 " step%s missing%s ...", gap,
		gap == 1 ? "" : "s", p->numbered ? "" : ", not known where");
	end_remark(lay);
}

static void put_change(const struct layout *lay, const char *before,
		       const char *text)
{
	begin_remark(lay, COLOUR_CHANGE);
	fputs(before, lay->o->file);
	utf8_print(lay->o->file, text);
	putc(']', lay->o->file);
	end_remark(lay);
}

/* Says in which network namespace the packet is when it changes. */
static void put_netns(const struct layout *lay, struct current *now,
		      struct number netns)
{
	char buf[NETNS_ROOM];

	if (!netns.known || record_same_number(now->netns, netns))
		return;
	if (!columns_have(lay->columns, "netns"))
		put_change(lay, "[netns ",
			   netns_text(buf, lay->o->notes, netns));
	now->netns = netns;
}

/* Says from where to where the packet goes when it changes, as by NAT. */
static void put_flow(const struct layout *lay, struct current *now,
		     const struct record *step)
{
	char buf[FLOW_ROOM];
	const char *text = flow_format(buf, step);

	if (!text || (now->flow && flow_is_same(now->flow, step)))
		return;
	if (!columns_have(lay->columns, "flow"))
		put_change(lay, "[", text);
	now->flow = step;
}

/* Says what conntrack takes the packet for when it knows it, or has changed its mind. */
static void put_conntrack(const struct layout *lay, struct current *now,
			  const struct row *row)
{
	const char *ct = conntrack_at(row->path, row->i);
	char text[CT_TEXT_ROOM];

	if (conntrack_is_state(ct) && !record_same_text(now->ct, ct)) {
		ct_text(ct, !columns_have(lay->columns, "ct"),
			conntrack_why(row->path, row->i), text);
		if (*text)
			put_change(lay, "[conntrack: ", text);
	}
	if (ct)
		now->ct = conntrack_is_state(ct) ? ct : NULL;
}

/* The stack at a step, where those of all are told: else it is told with the end. */
static void put_stack(const struct layout *lay, const struct row *row)
{
	size_t width = width_before_func(lay) + 2;
	char before[BEFORE_MOST + 1];

	if (!path_has_stacks(row->path))
		return;
	snprintf(before, sizeof(before), "%*s",
		 (int)(width < BEFORE_MOST ? width : BEFORE_MOST), "");
	stacks_print(lay->o->file, before, row->step->stack);
}

/* What is known before the first step: of a selected packet not yet what conntrack says. */
static struct current current_at(const struct path *p)
{
	const struct record *origin = p->origin;
	struct current now = { .flow = NULL };

	if (!origin)
		return now;
	now.netns = origin->netns;
	if (origin->saddr && origin->daddr)
		now.flow = origin;
	if (p->member && conntrack_is_state(origin->ct))
		now.ct = origin->ct;
	return now;
}

void steps_print(const struct output *o, const struct path *p, uint64_t start)
{
	struct current now = current_at(p);
	struct columns usual;
	struct layout lay = { .o = o, .columns = o->columns, .start = start };
	struct row row;
	size_t i;

	if (!p->count) {
		fputs("  no steps recorded\n", o->file);
		return;
	}
	if (!lay.columns) {
		columns_default(&usual, o->verbose);
		lay.columns = &usual;
	}
	lay_out(&lay, p);
	put_titles(&lay);
	for (i = 0; i < p->count; i++) {
		row = row_at(&lay, p, i);
		extras_print(&lay.extras, p, row.step->ns.value);
		put_gap(&lay, p, i);
		put_netns(&lay, &now, row.step->netns);
		put_flow(&lay, &now, row.step);
		put_conntrack(&lay, &now, &row);
		put_row(&lay, &row);
		put_stack(&lay, &row);
	}
	extras_print(&lay.extras, p, UINT64_MAX);
	put_gap(&lay, p, i);
}
