// SPDX-License-Identifier: GPL-2.0-only
#include "alike.h"

static bool same_step(const struct record *a, const struct record *b)
{
	return record_same_text(a->func, b->func) &&
	       record_same_text(a->ifname, b->ifname) &&
	       record_same_text(a->stack, b->stack) &&
	       record_same_text(a->fields, b->fields) &&
	       a->netns.value == b->netns.value && a->cpu.value == b->cpu.value;
}

static bool same_derivation(const struct path *a, const struct path *b)
{
	return a->origin && b->origin &&
	       a->origin->parent.value == b->origin->parent.value &&
	       same_step(a->origin, b->origin);
}

static bool same_end(const struct record *a, const struct record *b)
{
	return a->how == b->how && record_same_text(a->func, b->func) &&
	       record_same_text(a->reason, b->reason) &&
	       record_same_text(a->location, b->location);
}

/* Are both complete, and do they differ in nothing but times and places in memory? */
static bool is_alike(const struct path *a, const struct path *b)
{
	size_t i;

	if (a->state != PATH_COMPLETE || b->state != PATH_COMPLETE ||
	    !same_derivation(a, b) || !same_end(a->end, b->end) ||
	    a->count != b->count)
		return false;
	for (i = 0; i < a->count && same_step(a->steps[i], b->steps[i]); i++)
		;
	return i == a->count;
}

size_t alike_count(const struct family *f, size_t i)
{
	const struct path *p = family_member(f, i);
	size_t count = 0;

	if (!p->member)
		return 0;
	while (i + count + 1 < f->members.count &&
	       is_alike(p, family_member(f, i + count + 1)))
		count++;
	return count;
}
