// SPDX-License-Identifier: GPL-2.0-only
#include "until.h"

#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/*
 * A packet that the end of the run has cut off, or that lost an event, may have
 * gone any way.
 */
static bool is_whole(const struct family *f)
{
	size_t i;

	if (f->late || f->state == PATH_INCOMPLETE || !family_selected(f))
		return false;
	for (i = 0; i < f->members.count; i++)
		if (path_how(family_member(f, i)) == HOW_TIMEOUT)
			return false;
	return true;
}

/*
 * Packets that come back take another way than those that go there: they are
 * compared among themselves. Comes this one from where the first one goes to?
 */
static bool goes_back(struct until *u, const struct record *select)
{
	if (!u->there && select->daddr)
		u->there = strdup(select->daddr);
	return u->there && select->saddr && !strcmp(u->there, select->saddr);
}

/* NULL: there are more hooks than there can be. */
static struct until_kind *find_kind(struct until *u, const struct family *f)
{
	const struct record *select = family_selected(f)->origin;
	char name[64] = "-";
	const char *hook;
	size_t i;

	if (select)
		snprintf(name, sizeof(name), "%s%s",
			 select->func ? select->func : "-",
			 goes_back(u, select) ? ", back" : "");
	hook = names_keep(&u->names, name);
	for (i = 0; i < u->count; i++)
		if (u->kinds[i].hook == hook)
			return &u->kinds[i];
	if (u->count == UNTIL_KINDS)
		return NULL;
	u->kinds[u->count].hook = hook;
	u->kinds[u->count].first.name = "first";
	u->kinds[u->count].first.ways.names = &u->names;
	return &u->kinds[u->count++];
}

static void begin_other(struct until *u)
{
	ways_free(&u->other.ways);
	u->other = (struct side){ .name = "other", .ways.names = &u->names };
}

/* Counts f as one more of its kind, or finds that it is not like them. */
static int compare(struct until *u, struct until_kind *kind,
		   const struct family *f)
{
	struct ways *first = &kind->first.ways;
	int err;

	u->compared++;
	if (!first->count)
		return ways_add(first, f);
	begin_other(u);
	err = ways_add(&u->other.ways, f);
	if (err)
		return err;
	if (!way_order(first->way[0], u->other.ways.way[0], true))
		return ways_add(first, f);
	u->parted = kind;
	return 0;
}

static int gather(struct output *o, const struct family *f)
{
	struct until *u = o->gathered;
	struct until_kind *kind;
	int err;

	if (!is_whole(f))
		return 0;
	kind = find_kind(u, f);
	if (u->names.failed)
		return -ENOMEM;
	err = kind ? compare(u, kind, f) : 0;
	o->enough = u->parted;
	return err;
}

const struct form until_form = { .name = "until-differs", .gather = gather };

/* The difference of two groups of packets: other and first may be the same. */
static enum diff_status print(const struct until *u, const struct output *o,
			      const struct side *first,
			      const struct side *other)
{
	struct side sides[2] = { *first, *other };

	sides[GOOD].notes = sides[BAD].notes = o->notes;
	return diff_print(u->print, o, sides);
}

/* All packets of a kind went the same way. */
static enum diff_status print_same(struct until *u, const struct output *o,
				   const struct until_kind *kind)
{
	struct side side = kind->first;
	struct output brief = *o;

	brief.quiet = true;
	if (u->print == diff_text) {
		fprintf(o->file, "%s, %" PRIu64 " packet%s: ", kind->hook,
			side.ways.packets, side.ways.packets == 1 ? "" : "s");
		/* how many there are has been said */
		side.ways.packets = 1;
	}
	return print(u, &brief, &side, &side);
}

/*
 * Prints what is different, or that nothing is, when no more packets come.
 * Returns DIFF_TROUBLE when there was nothing to compare.
 */
enum diff_status until_print(struct until *u, const struct output *o)
{
	size_t i;

	if (u->parted)
		return print(u, o, &u->parted->first, &u->other);
	if (!u->compared) {
		warnx("no packet whose path is complete: nothing to compare");
		return DIFF_TROUBLE;
	}
	for (i = 0; i < u->count; i++)
		if (print_same(u, o, &u->kinds[i]) == DIFF_TROUBLE)
			return DIFF_TROUBLE;
	return DIFF_SAME;
}

/* Gives back all that was kept. */
void until_free(struct until *u)
{
	size_t i;

	for (i = 0; i < u->count; i++)
		ways_free(&u->kinds[i].first.ways);
	ways_free(&u->other.ways);
	names_free(&u->names);
	free(u->there);
}
