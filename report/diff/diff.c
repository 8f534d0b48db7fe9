// SPDX-License-Identifier: GPL-2.0-only
#include "diff.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LITTLE_TIME	1000	/* ns: a difference that is none */

/* Do both packets have this step? */
static bool diff_is_common(const struct diff_row *row)
{
	return row->at[GOOD] != ALIGN_NONE && row->at[BAD] != ALIGN_NONE;
}

const struct branch_step *diff_step(const struct diff *d, size_t row, int side)
{
	size_t at = d->row[row].at[side];

	return at == ALIGN_NONE ? NULL : &d->side[side]->step[at];
}

struct number diff_delay(const struct diff *d, size_t row, int side)
{
	size_t at = d->row[row].at[side];
	struct number delay = { .known = false };
	const struct hist *delays = d->side[side]->delays;

	if (at == ALIGN_NONE || !delays[at].count)
		return delay;
	delay.known = true;
	delay.value = hist_percentile(&delays[at], 50);
	return delay;
}

static bool is_end(const struct branch *t, size_t i)
{
	return t->ends && i == t->count - 1;
}

/*
 * align_fn: steps of the same function belong together; of several pairs the better one
 * has the same interface, or one of the same number. An end belongs to an end alone.
 */
static unsigned int alike(const void *both, size_t i, size_t j)
{
	const struct diff *d = both;
	const struct branch *good = d->side[GOOD], *bad = d->side[BAD];
	const struct branch_step *a = &good->step[i], *b = &bad->step[j];

	if (a->func != b->func || is_end(good, i) != is_end(bad, j))
		return 0;
	if (is_end(good, i) && !branch_ends_alike(good, bad, d->offsets))
		return 0;
	if (a->ifname == b->ifname && a->netns_no == b->netns_no)
		return ALIGN_MOST;
	return 1 + (a->iface == b->iface && a->netns_no == b->netns_no);
}

static void add_row(struct diff *d, size_t good, size_t bad)
{
	struct diff_row *row = &d->row[d->rows++];

	row->at[GOOD] = good;
	row->at[BAD] = bad;
	d->common += diff_is_common(row);
}

/* What the good one has alone stands before what the bad one has alone. */
static void make_rows(struct diff *d, const size_t *partner)
{
	size_t i, j = 0;

	for (i = 0; i < d->side[GOOD]->count; i++) {
		while (partner[i] != ALIGN_NONE && j < partner[i])
			add_row(d, ALIGN_NONE, j++);
		add_row(d, i, partner[i]);
		j += partner[i] != ALIGN_NONE;
	}
	while (j < d->side[BAD]->count)
		add_row(d, ALIGN_NONE, j++);
}

static unsigned int compare_steps(const struct branch_step *a,
				  const struct branch_step *b)
{
	return (a->func != b->func ? DIFF_FUNC : 0) |
	       (a->ifname != b->ifname ? DIFF_IFACE : 0) |
	       (record_same_number(a->mark, b->mark) ? 0 : DIFF_MARK) |
	       (record_same_number(a->len, b->len) ? 0 : DIFF_LEN) |
	       (a->addresses != b->addresses ? DIFF_FLOW : 0);
}

/* Which namespace of the one run is which of the other; 0: not met yet. */
struct netns_pairs {
	unsigned int *of[2];
};

/*
 * Namespaces of two runs are the same while they come and go together: their
 * inode numbers differ. Returns DIFF_NETNS or 0.
 */
static unsigned int compare_netns(struct netns_pairs *s,
				   const struct branch_step *a,
				   const struct branch_step *b)
{
	if (!a->netns_no || !b->netns_no)
		return a->netns_no == b->netns_no ? 0 : DIFF_NETNS;
	if (!s->of[GOOD][a->netns_no] && !s->of[BAD][b->netns_no]) {
		s->of[GOOD][a->netns_no] = b->netns_no;
		s->of[BAD][b->netns_no] = a->netns_no;
	}
	return s->of[GOOD][a->netns_no] == b->netns_no ? 0 : DIFF_NETNS;
}

static uint64_t tenth_of_total(const struct diff *d)
{
	uint64_t good = hist_percentile(&d->side[GOOD]->total, 50);
	uint64_t bad = hist_percentile(&d->side[BAD]->total, 50);

	return (good < bad ? good : bad) / 10;
}

/* Does the step of a row follow a step that both have, or their beginning? */
static bool follows(const struct diff *d, size_t row)
{
	return !diff_step(d, row, GOOD)->gap && !diff_step(d, row, BAD)->gap &&
	       (!row || diff_is_common(&d->row[row - 1]));
}

/*
 * Much longer is twice as long, and a tenth of the whole time more. Only
 * between steps that follow each other on both sides.
 */
static unsigned int compare_times(const struct diff *d, size_t row)
{
	struct number a = diff_delay(d, row, GOOD), b = diff_delay(d, row, BAD);
	uint64_t more, less;

	if (!a.known || !b.known || !follows(d, row))
		return 0;
	more = a.value > b.value ? a.value : b.value;
	less = a.value > b.value ? b.value : a.value;
	if (more / 2 < less || more - less < LITTLE_TIME ||
	    more - less < tenth_of_total(d))
		return 0;
	return DIFF_TIME;
}

static void compare_rows(struct diff *d, struct netns_pairs *netns_pairs)
{
	const struct branch *good = d->side[GOOD], *bad = d->side[BAD];
	const struct branch_step *a, *b;
	size_t i;

	if (good->begins && bad->begins)
		d->origin = compare_steps(&good->origin, &bad->origin) |
			    compare_netns(netns_pairs, &good->origin, &bad->origin);
	for (i = 0; i < d->rows; i++) {
		if (!diff_is_common(&d->row[i]))
			continue;
		a = diff_step(d, i, GOOD);
		b = diff_step(d, i, BAD);
		d->row[i].what = compare_steps(a, b) |
				 compare_netns(netns_pairs, a, b) |
				 compare_times(d, i);
	}
}

static void find_marks(struct diff *d)
{
	size_t i;

	d->parted = d->last = ALIGN_NONE;
	for (i = 0; i < d->rows; i++)
		if (diff_is_common(&d->row[i]))
			d->last = i;
		else if (d->parted == ALIGN_NONE)
			d->parted = i;
}

/* Rows and what is found in them; partner and spaces have room enough. */
static int compare(struct diff *d, size_t *partner, struct netns_pairs *netns_pairs)
{
	int err = align(d->side[GOOD]->count, d->side[BAD]->count, alike, d,
			partner);

	if (err)
		return err;
	make_rows(d, partner);
	compare_rows(d, netns_pairs);
	find_marks(d);
	return 0;
}

int diff_branches(struct diff *d, const struct branch *good,
		const struct branch *bad, bool offsets)
{
	size_t room = good->count + bad->count + 2, *partner;
	struct netns_pairs netns_pairs;
	int err = -ENOMEM;

	memset(d, 0, sizeof(*d));
	d->side[GOOD] = good;
	d->side[BAD] = bad;
	d->offsets = offsets;
	d->same = !branch_order(good, bad, offsets);
	d->row = calloc(room, sizeof(*d->row));
	partner = calloc(room, sizeof(*partner));
	netns_pairs.of[GOOD] = calloc(room, sizeof(unsigned int));
	netns_pairs.of[BAD] = calloc(room, sizeof(unsigned int));
	if (d->row && partner && netns_pairs.of[GOOD] && netns_pairs.of[BAD])
		err = compare(d, partner, &netns_pairs);
	free(partner);
	free(netns_pairs.of[GOOD]);
	free(netns_pairs.of[BAD]);
	return err;
}

void diff_free(struct diff *d)
{
	free(d->row);
	d->row = NULL;
}
