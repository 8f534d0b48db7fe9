// SPDX-License-Identifier: GPL-2.0-only
/*
 * The steps of two packets in one list. Each line begins with a mark: "-" and
 * "+": one side has it alone; "!": both, at different places; "~": both, with very
 * different times since the step before; " ": both.
 */
#include "diff_text.h"
#include "../format/pad.h"
#include "../format/netns_name.h"
#include "../input/utf8.h"
#include "../format/verdict.h"

#include <inttypes.h>
#include <string.h>

#define FOLDED		4	/* so many steps that are the same are folded */
#define CELL_ROOM	256
#define IFACE_WIDEST	24	/* a wider cell breaks its line's alignment */

struct listing {
	const struct output *o;
	const struct comparison *g;
	const struct diff *d;
	size_t time, iface;	/* widths of columns */
	struct number netns[2];	/* where each side is */
};

static char mark_of(const struct diff_row *row)
{
	if (row->at[BAD] == ALIGN_NONE)
		return '-';
	if (row->at[GOOD] == ALIGN_NONE)
		return '+';
	if (row->what & DIFF_PLACE)
		return '!';
	return row->what & DIFF_TIME ? '~' : ' ';
}

static const char *time_cell(const struct diff *d, size_t row, int side,
			     char cell[US_ROOM])
{
	struct number delay = diff_delay(d, row, side);

	if (delay.known)
		return us_format(cell, 0, delay.value);
	return diff_step(d, row, side) ? "-" : "";
}

static const char *iface_cell(const struct diff *d, size_t row,
			      char cell[CELL_ROOM])
{
	const struct branch_step *good = diff_step(d, row, GOOD);
	const struct branch_step *bad = diff_step(d, row, BAD);
	const char *one = (good ? good : bad)->ifname;
	const char *two = (bad ? bad : good)->ifname;

	if (one == two)
		return one ? one : "-";
	snprintf(cell, CELL_ROOM, "%s | %s", one ? one : "-", two ? two : "-");
	return cell;
}

static void widen(size_t *width, const char *cell, size_t most)
{
	size_t columns = utf8_print(NULL, cell);

	if (columns > *width)
		*width = columns < most ? columns : most;
}

static void lay_out(struct listing *l)
{
	char us[US_ROOM], cell[CELL_ROOM];
	size_t i;

	l->time = 6;
	widen(&l->iface, "interface", IFACE_WIDEST);
	for (i = 0; i < l->d->rows; i++) {
		widen(&l->time, time_cell(l->d, i, GOOD, us), US_ROOM);
		widen(&l->time, time_cell(l->d, i, BAD, us), US_ROOM);
		widen(&l->iface, iface_cell(l->d, i, cell), IFACE_WIDEST);
	}
}

/* What differs has its mark's colour, up to the end of the line. */
static void begin_colour(const struct listing *l, char mark)
{
	const struct term *term = &l->o->term;

	switch (mark) {
	case '-':
		term_begin(term, l->o->file, COLOUR_BAD);
		break;
	case '+':
		term_begin(term, l->o->file, COLOUR_GOOD);
		break;
	case '!':
		term_begin(term, l->o->file, COLOUR_CHANGE);
		break;
	case '~':
		term_begin(term, l->o->file, COLOUR_DOUBT);
		break;
	}
}

static void end_line(const struct listing *l, char mark)
{
	if (mark != ' ')
		term_end(&l->o->term, l->o->file);
	putc('\n', l->o->file);
}

static void put_cells(const struct listing *l, char mark, const char *good,
		      const char *bad, const char *iface)
{
	FILE *out = l->o->file;

	begin_colour(l, mark);
	putc(mark, out);
	putc(' ', out);
	pad_left(out, good, l->time);
	fputs("  ", out);
	pad_left(out, bad, l->time);
	fputs("  ", out);
	pad_right(out, iface, l->iface);
	fputs("  ", out);
}

static void put_gap(const struct listing *l, char mark, uint64_t gap)
{
	if (!gap)
		return;
	put_cells(l, mark, "", "", "");
	fprintf(l->o->file, "… %" PRIu64 " step%s missing …", gap,
		gap == 1 ? "" : "s");
	end_line(l, mark);
}

static bool is_new(struct number netns, const struct branch_step *step)
{
	return step && step->netns.known &&
	       !record_same_number(netns, step->netns);
}

static bool is_elsewhere(const struct listing *l, size_t row)
{
	return is_new(l->netns[GOOD], diff_step(l->d, row, GOOD)) ||
	       is_new(l->netns[BAD], diff_step(l->d, row, BAD));
}

static void put_netns_of(const struct listing *l, int side)
{
	const char *text;
	char buf[NETNS_ROOM];

	text = netns_text(buf, l->g->side[side].notes, l->netns[side]);
	utf8_print(l->o->file, text ? text : "-");
}

/* Says in which network namespace each side is when it changes. */
static void put_netns(struct listing *l, size_t row)
{
	const struct branch_step *good = diff_step(l->d, row, GOOD);
	const struct branch_step *bad = diff_step(l->d, row, BAD);
	FILE *out = l->o->file;

	if (!is_elsewhere(l, row))
		return;
	if (good)
		l->netns[GOOD] = good->netns;
	if (bad)
		l->netns[BAD] = bad->netns;
	put_cells(l, mark_of(&l->d->row[row]), "", "", "");
	fputs("[netns ", out);
	put_netns_of(l, good ? GOOD : BAD);
	if (good && bad && good->netns.value != bad->netns.value) {
		fputs(" | ", out);
		put_netns_of(l, BAD);
	}
	putc(']', out);
	end_line(l, mark_of(&l->d->row[row]));
}

/* The queue that the packet has waited in, where it took much longer. */
static void put_queue(const struct listing *l, size_t row)
{
	const struct branch_step *good = diff_step(l->d, row, GOOD);
	const struct branch_step *bad = diff_step(l->d, row, BAD);
	const char *queue = bad ? bad->waited : NULL;

	if (!queue && good)
		queue = good->waited;
	if (!queue || !(l->d->row[row].what & DIFF_TIME))
		return;
	fputs(", waited in ", l->o->file);
	utf8_print(l->o->file, queue);
}

static void put_row(struct listing *l, size_t row)
{
	const struct branch_step *step = diff_step(l->d, row, GOOD);
	char good[US_ROOM], bad[US_ROOM], iface[CELL_ROOM];

	if (!step)
		step = diff_step(l->d, row, BAD);
	put_netns(l, row);
	put_cells(l, mark_of(&l->d->row[row]), time_cell(l->d, row, GOOD, good),
		  time_cell(l->d, row, BAD, bad), iface_cell(l->d, row, iface));
	utf8_print(l->o->file, step->func ? step->func : "-");
	put_queue(l, row);
	end_line(l, mark_of(&l->d->row[row]));
}

static uint64_t gap_before(const struct diff *d, size_t row, int side)
{
	const struct branch_step *step = diff_step(d, row, side);

	return step ? step->gap : 0;
}

/*
 * Can row j be folded with row i before it? Steps that both have at the same place can,
 * at any place; those at different places only while these two stay the same.
 */
static bool is_alike(const struct diff *d, size_t i, size_t j)
{
	char one[CELL_ROOM], two[CELL_ROOM], mark = mark_of(&d->row[j]);

	if (mark != mark_of(&d->row[i]) || d->row[j].what & DIFF_TIME ||
	    gap_before(d, j, GOOD) || gap_before(d, j, BAD))
		return false;
	return mark == ' ' ||
	       (mark == '!' &&
		!strcmp(iface_cell(d, i, one), iface_cell(d, j, two)));
}

/* How many rows from this one on could be folded into one. */
static size_t alike_rows(const struct listing *l, size_t row)
{
	size_t i = row;

	while (++i < l->d->rows && is_alike(l->d, row, i))
		;
	return i - row;
}

static void put_fold(const struct listing *l, char mark, size_t count)
{
	put_cells(l, mark, "", "", "");
	fprintf(l->o->file, "… %zu %s …", count,
		mark == ' ' ? "steps the same" : "more steps");
	end_line(l, mark);
}

/* Prints rows that are alike: the first, how many follow, the last. */
static void put_rows(struct listing *l, size_t row, size_t count)
{
	size_t end = row + count;

	put_row(l, row++);
	if (count >= FOLDED && !l->o->verbose) {
		put_fold(l, mark_of(&l->d->row[row]), count - 2);
		row = end - 1;
	}
	for (; row < end; row++)
		put_row(l, row);
}

static void put_titles(const struct listing *l)
{
	put_cells(l, ' ', "- +us", "+ +us", "interface");
	fputs("function", l->o->file);
	end_line(l, ' ');
}

void diff_steps(const struct output *o, const struct comparison *g,
		const struct diff *d)
{
	struct listing l = { .o = o, .g = g, .d = d };
	size_t row, count;
	int i;

	lay_out(&l);
	put_titles(&l);
	for (i = GOOD; i <= BAD; i++)
		l.netns[i] = d->side[i]->origin.netns;
	for (row = 0; row < d->rows; row += count) {
		put_gap(&l, '-', gap_before(d, row, GOOD));
		put_gap(&l, '+', gap_before(d, row, BAD));
		count = alike_rows(&l, row);
		put_rows(&l, row, count);
	}
	put_gap(&l, '-', d->side[GOOD]->gap);
	put_gap(&l, '+', d->side[BAD]->gap);
}
