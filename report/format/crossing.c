// SPDX-License-Identifier: GPL-2.0-only
/*
 * A path is cut into segments: the steps at one interface, arriving or leaving, with the
 * same addresses and ports. One record is chosen of each: the first where the packet
 * arrives, the last where it leaves, since its headers change until the driver gets it.
 * A record with a link-layer header goes before those without.
 */
#include "crossing.h"
#include "flow.h"
#include "../../lib/grow.h"
#include "../diagnose/direction.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LINKTYPE_ETHERNET	1	/* pcap-linktype(7) */

struct segment {
	const struct record *place;	/* the last record that tells it */
	const struct record *flow;	/* … and that has addresses */
	const char *direction;		/* "in", "out"; NULL: not known */
	const struct record *chosen;	/* NULL: none has bytes */
};

static bool same_flow(const struct record *a, const struct record *b)
{
	return record_same_text(a->proto, b->proto) && flow_is_same(a, b);
}

static bool is_move(const struct segment *segment, const struct record *rec)
{
	return segment->place && record_has_place(rec) &&
	       !record_same_place(segment->place, rec);
}

/* What a record does not tell is as it was before. */
static bool is_other_segment(const struct segment *segment, const struct record *rec,
			  const char *direction)
{
	if (is_move(segment, rec))
		return true;
	if (segment->flow && rec->saddr && !same_flow(segment->flow, rec))
		return true;
	return direction && segment->direction &&
	       strcmp(direction, segment->direction);
}

/* When only the addresses change, it still goes the same way. */
static void begin_segment(struct segment *segment, const struct record *rec)
{
	*segment = (struct segment){
		.place = segment->place,
		.flow = segment->flow,
		.direction = is_move(segment, rec) ? NULL : segment->direction,
	};
}

static bool is_leaving(const struct segment *segment)
{
	return segment->direction && !strcmp(segment->direction, "out");
}

/*
 * Is rec to be shown rather than the record chosen so far? Where the packet leaves, the
 * last one whose function itself tells so (direction.h) is the best: when the packet is
 * freed it has left already.
 */
static bool is_better(const struct segment *segment, const struct record *rec,
		      const char *direction)
{
	const struct record *chosen = segment->chosen;
	bool ether = rec->link_type.value == LINKTYPE_ETHERNET;

	if (!rec->bytes)
		return false;
	if (!chosen)
		return true;
	if (ether != (chosen->link_type.value == LINKTYPE_ETHERNET))
		return ether;
	return is_leaving(segment) && direction;
}

static void add_record(struct segment *segment, const struct record *rec,
		       const char *direction)
{
	if (record_has_place(rec))
		segment->place = rec;
	if (rec->saddr)
		segment->flow = rec;
	if (direction)
		segment->direction = direction;
	if (is_better(segment, rec, direction))
		segment->chosen = rec;
}

/*
 * A relative is made where its parent is, and crosses no interface there unless it
 * leaves: until it has moved, or leaves, it is not shown.
 */
static bool is_shown(const struct segment *segment, const struct path *p, bool moved)
{
	return segment->chosen && (!p->member || moved || is_leaving(segment));
}

static int add_crossing(struct crossings *all, const struct segment *segment,
			const struct path *p)
{
	struct crossing *grown = grow(all->crossing, all->count,
				      sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	all->crossing = grown;
	grown[all->count++] = (struct crossing){
		.path = p,
		.rec = segment->chosen,
		.direction = segment->direction,
	};
	return 0;
}

int crossings_add(struct crossings *all, const struct data *data,
		  const struct path *p)
{
	struct segment segment = { .place = p->origin };
	size_t i, before = all->count;
	const struct record *rec;
	const char *direction;
	bool moved = false;
	int err = 0;

	if (p->origin && p->origin->type == RECORD_SELECT)
		add_record(&segment, p->origin,
			   direction_of(data, p->origin->func));
	for (i = 0; i < p->count && !err; i++) {
		rec = p->steps[i];
		direction = direction_of(data, rec->func);
		if (is_other_segment(&segment, rec, direction)) {
			if (is_shown(&segment, p, moved))
				err = add_crossing(all, &segment, p);
			moved |= is_move(&segment, rec);
			begin_segment(&segment, rec);
		}
		add_record(&segment, rec, direction);
	}
	if (!err && is_shown(&segment, p, moved))
		err = add_crossing(all, &segment, p);
	if (all->count > before)
		all->crossing[all->count - 1].last = true;
	return err;
}

static int by_time(const void *a, const void *b)
{
	return record_by_time(((const struct crossing *)a)->rec,
			      ((const struct crossing *)b)->rec);
}

void crossings_sort(struct crossings *all)
{
	if (all->count)
		qsort(all->crossing, all->count, sizeof(*all->crossing),
		      by_time);
}

void crossings_free(struct crossings *all)
{
	free(all->crossing);
	*all = (struct crossings){ .count = 0 };
}
