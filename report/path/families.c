// SPDX-License-Identifier: GPL-2.0-only
#include "families.h"

#include <errno.h>
#include <stdlib.h>

struct family *families_at(const struct families *g, size_t i)
{
	return g->open.entry[i].thing;
}

void families_remember(struct families *g, const struct family *f)
{
	size_t i = f->packet % FAMILIES_REMEMBERED;

	g->ended[i].packet = f->packet;
	g->ended[i].state = f->state;
}

/* Opens the packet's family. NULL: no memory. */
static struct family *open_family(struct families *g, uint64_t packet)
{
	struct family *f = family_new(packet);
	size_t i = packet % FAMILIES_REMEMBERED;

	if (!f)
		return NULL;
	f->late = packet && g->ended[i].packet == packet;
	f->before = g->ended[i].state;
	if (!sorted_insert(&g->open, packet, f))
		return f;
	family_free(f);
	return NULL;
}

int families_add(struct families *g, struct record *rec, struct family **done)
{
	uint64_t packet = rec->packet.value;
	struct family *f = sorted_find(&g->open, packet);
	int err;

	*done = NULL;
	if (!f)
		f = open_family(g, packet);
	if (!f)
		return -ENOMEM;
	err = family_add(f, rec);
	if (err || !family_is_over(f))
		return err;
	sorted_remove(&g->open, packet);
	*done = f;
	return 0;
}

uint64_t families_oldest(const struct families *g)
{
	uint64_t oldest = UINT64_MAX;
	size_t i;

	for (i = 0; i < g->open.count; i++)
		if (families_at(g, i)->oldest < oldest)
			oldest = families_at(g, i)->oldest;
	return oldest;
}

void families_free(struct families *g)
{
	size_t i;

	for (i = 0; i < g->open.count; i++)
		family_free(families_at(g, i));
	free(g->open.entry);
	g->open = (struct sorted){ .count = 0 };
}
