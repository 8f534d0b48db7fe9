// SPDX-License-Identifier: GPL-2.0-only
#include "until.h"
#include "diff/caches.h"

#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define SAID_OF	32	/* good routes, while it matters for what is said alone */

/*
 * Is the route known as a whole? A packet that the end of the run has cut off, or that
 * lost an event, may have taken any.
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
 * Does the packet come from where the first one goes to? Packets of that direction take
 * other routes, and are compared among themselves.
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
	u->kinds[u->count] = (struct until_kind){
		.hook = hook,
		.good = {
			.name = u->baseline ? u->baseline : "first",
			.routes = { .names = &u->names, .data = u->data },
		},
	};
	return &u->kinds[u->count++];
}

static void begin_other(struct until *u)
{
	routes_free(&u->other.routes);
	u->other = (struct side){
		.name = "other",
		.routes = { .names = &u->names, .data = u->data },
	};
}

static bool is_loss(const struct route *route)
{
	size_t i;

	for (i = 0; i < route->members; i++)
		if (route->member[i].loss)
			return true;
	return false;
}

/* Did a packet take that route? */
static bool is_known(const struct routes *good, const struct route *route,
		     bool offsets)
{
	size_t i;

	for (i = 0; i < good->count; i++)
		if (!route_order(good->route[i], route, offsets))
			return true;
	return false;
}

/* caches_alone() for the first good route for which it finds caches. */
static const char *find_caches(const struct routes *good, const struct route *route,
			       bool offsets)
{
	const char *caches = NULL;
	size_t i;

	for (i = 0; i < good->count && !caches; i++)
		caches = caches_alone(good, good->route[i], route, offsets);
	return caches;
}

/*
 * Is the route a good one? What is learnt may be a new route, but a packet that is lost
 * is no good one beside others that are not.
 */
static bool is_good(const struct until *u, struct until_kind *kind,
		    const struct route *route, const struct output *o)
{
	const struct routes *good = &kind->good.routes;
	bool offsets = !u->notes || comparison_offsets(u->notes, o->notes);
	const char *caches;
	bool learns;

	if (!good->count || is_known(good, route, offsets))
		return true;
	learns = kind->learnt < u->learn &&
		 is_loss(good->route[0]) == is_loss(route);
	if (learns && (o->quiet || good->count >= SAID_OF))
		return true;
	caches = find_caches(good, route, offsets);
	if (caches && caches != kind->said && !o->quiet)
		warnx("packet %" PRIu64 " differs only by %s", route->packet,
		      caches);
	kind->said = caches ? caches : kind->said;
	return caches || learns;
}

/* Counts f as one more of its kind, or finds that it is not like them. */
static int compare(struct until *u, struct until_kind *kind,
		   const struct family *f, const struct output *o)
{
	int err;

	if (!kind->good.routes.count && !u->learn) {
		kind->unknown++;
		return 0;
	}
	begin_other(u);
	err = routes_add(&u->other.routes, f);
	if (err)
		return err;
	if (!is_good(u, kind, u->other.routes.route[0], o)) {
		u->parted = kind;
		return 0;
	}
	++*(kind->learnt < u->learn ? &kind->learnt : &kind->compared);
	/* a file's are what they are */
	return u->notes ? 0 : routes_add(&kind->good.routes, f);
}

static int take_family(struct output *o, const struct family *f)
{
	struct until *u = o->context;
	struct until_kind *kind;
	int err;

	if (!is_whole(f))
		return 0;
	kind = find_kind(u, f);
	if (u->names.failed)
		return -ENOMEM;
	err = kind ? compare(u, kind, f, o) : 0;
	if (u->names.failed)
		return -ENOMEM;
	o->enough = u->parted;
	return err;
}

const struct form until_form = { .name = "until-differs", .family = take_family };

/* The difference of two sides: other and good may be the same. */
static enum diff_status print(const struct until *u, const struct output *o,
			      const struct side *good,
			      const struct side *other)
{
	struct side sides[2] = { *good, *other };

	sides[GOOD].notes = u->notes ? u->notes : o->notes;
	sides[BAD].notes = o->notes;
	return diff_print(u->print, o, sides);
}

static void put_count(FILE *out, uint64_t count)
{
	fprintf(out, "%" PRIu64 " packet%s", count, count == 1 ? "" : "s");
}

/* All packets of a kind went routes that are known. */
static enum diff_status print_same(const struct until *u,
				   const struct output *o,
				   const struct until_kind *kind)
{
	struct side side = kind->good;
	struct output brief = *o;

	brief.quiet = true;
	if (u->print != diff_text)
		return print(u, &brief, &side, &side);
	fprintf(o->file, "%s, ", kind->hook);
	put_count(o->file, kind->learnt + kind->compared);
	if (side.routes.count > 1) {
		fprintf(o->file, ": each took one of %zu good routes\n",
			side.routes.count);
		return DIFF_SAME;
	}
	fputs(": ", o->file);
	/* how many there are has been said */
	side.routes.packets = 1;
	return print(u, &brief, &side, &side);
}

/* Says so when no packet of that kind could be compared. */
static bool was_compared(const struct until *u, const struct until_kind *kind)
{
	if (kind->unknown)
		warnx("%s: %s has no such packet: %" PRIu64 " not compared",
		      kind->hook, u->baseline, kind->unknown);
	else if (!kind->compared && u->learn)
		warnx("%s: good routes are learnt from %" PRIu64 " packet%s, and "
		      "%" PRIu64 " came: none was compared", kind->hook,
		      u->learn, u->learn == 1 ? "" : "s", kind->learnt);
	return kind->compared;
}

static bool has_packets(const struct until *u)
{
	uint64_t packets = 0;
	size_t i;

	for (i = 0; i < u->count; i++)
		packets += u->kinds[i].learnt + u->kinds[i].compared +
			   u->kinds[i].unknown;
	return packets;
}

bool until_compare(struct until *u, const struct notes *notes)
{
	size_t i;

	if (u->parted)
		warnx("%s: packet %" PRIu64 " was lost, or the ones before were: "
		      "no baseline", u->baseline, u->other.routes.route[0]->packet);
	else if (!has_packets(u))
		warnx("%s: no packet whose path is complete: no baseline",
		      u->baseline);
	if (u->parted || !has_packets(u))
		return false;
	u->notes = notes;
	u->learn = 0;
	for (i = 0; i < u->count; i++)
		u->kinds[i].learnt = 0;
	return true;
}

enum diff_status until_print(struct until *u, const struct output *o)
{
	enum diff_status status = DIFF_TROUBLE;
	size_t i;

	if (u->parted)
		return print(u, o, &u->parted->good, &u->other);
	if (!has_packets(u)) {
		warnx("no packet whose path is complete: nothing to compare");
		return DIFF_TROUBLE;
	}
	for (i = 0; i < u->count; i++) {
		if (!was_compared(u, &u->kinds[i]))
			continue;
		status = print_same(u, o, &u->kinds[i]);
		if (status == DIFF_TROUBLE)
			break;
	}
	return status;
}

void until_free(struct until *u)
{
	size_t i;

	for (i = 0; i < u->count; i++)
		routes_free(&u->kinds[i].good.routes);
	routes_free(&u->other.routes);
	names_free(&u->names);
	free(u->there);
}
