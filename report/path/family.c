// SPDX-License-Identifier: GPL-2.0-only
#include "family.h"

#include <errno.h>
#include <stdlib.h>

struct family *family_new(uint64_t packet)
{
	struct family *f = calloc(1, sizeof(*f));

	if (!f)
		return NULL;
	f->packet = packet;
	f->oldest = UINT64_MAX;
	return f;
}

struct path *family_member(const struct family *f, size_t i)
{
	return f->members.entry[i].thing;
}

struct path *family_selected(const struct family *f)
{
	return sorted_find(&f->members, 0);
}

size_t family_relatives(const struct family *f)
{
	return f->members.count - (family_selected(f) != NULL);
}

/* NULL: no memory. */
static struct path *add_member(struct family *f, uint64_t member)
{
	struct path *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	p->member = member;
	if (sorted_insert(&f->members, member, p)) {
		path_free(p);
		return NULL;
	}
	f->under_way++;
	return p;
}

static void take_greatest(struct number *greatest, struct number n)
{
	if (n.known && (!greatest->known || n.value > greatest->value))
		*greatest = n;
}

int family_add(struct family *f, struct record *rec)
{
	uint64_t member = rec->member.known ? rec->member.value : 0;
	struct path *p = sorted_find(&f->members, member);
	int err;

	f->followed |= rec->member.known;
	if (!p)
		p = add_member(f, member);
	if (!p)
		return -ENOMEM;
	if (rec->ns.known && rec->ns.value < f->oldest)
		f->oldest = rec->ns.value;
	err = path_add(p, rec);
	if (!err && rec->type == RECORD_END) {
		take_greatest(&f->relatives, rec->relatives);
		f->under_way--;
	}
	return err;
}

bool family_is_over(const struct family *f)
{
	if (f->under_way)
		return false;
	return f->late || !f->relatives.known || f->members.count > f->relatives.value;
}

static void count_gaps(struct family *f, const struct path *p)
{
	f->underived += p->member && !p->origin;
	f->incomplete += p->state == PATH_INCOMPLETE;
	if (p->state == PATH_NOT_KNOWN)
		f->state = PATH_NOT_KNOWN;
	f->gaps += p->lost.value + (!p->origin && !f->late);
	f->lost.known = f->lost.known && p->lost.known;
}

/*
 * Takes what the kernel had counted in the family when a member ended. Unless
 * one of the counts is there at all ends, a relative may be lost unseen.
 */
static void take_counts(struct family *f, struct number *lost)
{
	bool relatives_known = true, lost_known = true;
	const struct record *end;
	size_t i;

	for (i = 0; i < f->members.count; i++) {
		end = family_member(f, i)->end;
		if (!end)
			continue;
		take_greatest(lost, end->lost);
		relatives_known = relatives_known && end->relatives.known;
		lost_known = lost_known && end->lost.known;
	}
	f->counted = !f->followed || relatives_known || lost_known;
}

/* Members are numbered without gaps, from 0, the selected packet. */
static uint64_t count_unseen(const struct family *f)
{
	size_t count = f->members.count;
	uint64_t last = count ? family_member(f, count - 1)->member : 0;

	if (f->relatives.value > last)
		last = f->relatives.value;
	return count ? last + 1 - count : 0;
}

/* As many events are lost as the kernel counted, or as the gaps show. */
static void count_lost(struct family *f, struct number counted)
{
	f->lost.known = f->lost.known || counted.known;
	f->lost.value = counted.value > f->gaps ? counted.value : f->gaps;
}

static enum path_state judge(const struct family *f)
{
	if (f->late || f->unseen || f->incomplete || f->lost.value)
		return PATH_INCOMPLETE;
	return f->counted ? f->state : PATH_NOT_KNOWN;
}

void family_judge(struct family *f)
{
	struct number counted = { .known = false };
	size_t i;

	take_counts(f, &counted);
	f->unseen = count_unseen(f);
	f->lost.known = !f->unseen;
	f->state = PATH_COMPLETE;
	for (i = 0; i < f->members.count; i++) {
		path_judge(family_member(f, i));
		count_gaps(f, family_member(f, i));
	}
	count_lost(f, counted);
	f->state = judge(f);
}

struct number family_start(const struct family *f)
{
	struct number first = { .known = false }, start;
	const struct path *p = family_selected(f);
	size_t i;

	if (p && p->origin)
		return p->origin->ns;
	for (i = 0; i < f->members.count; i++) {
		start = path_start(family_member(f, i));
		if (start.known &&
		    (!first.known || start.value < first.value))
			first = start;
	}
	return first;
}

void family_free(struct family *f)
{
	size_t i;

	if (!f)
		return;
	for (i = 0; i < f->members.count; i++)
		path_free(family_member(f, i));
	free(f->members.entry);
	free(f);
}
