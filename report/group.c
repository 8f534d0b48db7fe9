// SPDX-License-Identifier: GPL-2.0-only
#include "group.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The place among the open ones where the packet is, or belongs. */
static size_t find_place(const struct group *g, uint64_t packet)
{
	size_t low = 0, high = g->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (g->open[middle]->packet < packet)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int make_room(struct group *g)
{
	size_t room = g->room ? 2 * g->room : 64;
	struct path **grown;

	if (g->count < g->room)
		return 0;
	grown = reallocarray(g->open, room, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	g->open = grown;
	g->room = room;
	return 0;
}

static int open_path(struct group *g, size_t place, uint64_t packet)
{
	struct path *p;
	int err = make_room(g);

	if (err)
		return err;
	p = calloc(1, sizeof(*p));
	if (!p)
		return -ENOMEM;
	p->packet = packet;
	memmove(&g->open[place + 1], &g->open[place],
		(g->count - place) * sizeof(*g->open));
	g->open[place] = p;
	g->count++;
	return 0;
}

static struct path *close_path(struct group *g, size_t place)
{
	struct path *p = g->open[place];

	g->count--;
	memmove(&g->open[place], &g->open[place + 1],
		(g->count - place) * sizeof(*g->open));
	path_judge(p);
	return p;
}

/*
 * Gives rec to its packet. *done is the packet's path when rec ends it, the
 * caller's then, else NULL. Returns 0 or what path_add() does; rec is the
 * caller's on errors only.
 */
int group_add(struct group *g, struct record *rec, struct path **done)
{
	size_t place = find_place(g, rec->packet.value);
	int err = 0;

	*done = NULL;
	if (place == g->count || g->open[place]->packet != rec->packet.value)
		err = open_path(g, place, rec->packet.value);
	if (!err)
		err = path_add(g->open[place], rec);
	if (!err && rec->type == RECORD_END)
		*done = close_path(g, place);
	return err;
}

/* Gives back the packets that are still open. */
void group_free(struct group *g)
{
	size_t i;

	for (i = 0; i < g->count; i++)
		path_free(g->open[i]);
	free(g->open);
	memset(g, 0, sizeof(*g));
}
