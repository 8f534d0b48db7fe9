// SPDX-License-Identifier: GPL-2.0-only
#include "picture.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LINE_COLUMNS	96	/* a longer line is broken, characters */
#define TIME_COLUMNS	7	/* what a time takes of it */
#define SLOW_SHARE	10	/* slow: a tenth of all the time, */
#define SLOW_FACTOR	4	/* and so many times the mean of a step */

struct item *picture_item(const struct picture *pic, const struct node *node)
{
	/* graph_merge() numbers a node when it has numbered all behind it */
	return &pic->items[pic->count - node->id];
}

static void find_parents(struct picture *pic)
{
	struct item *item, *child;
	size_t i, k;

	for (i = 0; i < pic->count; i++) {
		item = &pic->items[i];
		for (k = 0; k < item->node->count; k++) {
			child = picture_item(pic, item->node->edges[k].to);
			child->parents++;
			if (!child->parent)
				child->parent = item;
		}
	}
}

/* The layer of a step, by its function. */
static void find_layer(struct item *item, const struct data *data)
{
	const struct table_entry *found;

	if (!data || item->node->key.kind != NODE_STEP)
		return;
	found = table_find_func(&data->layers, item->node->key.name);
	if (!found)
		return;
	item->layer = found->texts[0];
	item->color = found->texts[1];
}

/* Only steps and selections are somewhere; what is not known is no change. */
static bool is_elsewhere(const struct node_key *key,
			 const struct picture_segment *segment)
{
	if (key->kind != NODE_STEP && key->kind != NODE_START)
		return false;
	if (!key->ifname && !key->netns.known)
		return false;
	return !record_same_text(key->ifname, segment->ifname) ||
	       !record_same_number(key->netns, segment->netns);
}

/* A segment begins where the parent's ends. Segment 0 is that of the root. */
static void find_segment(struct picture *pic, struct item *item)
{
	const struct node_key *key = &item->node->key;
	const struct picture_segment *before;
	struct picture_segment *segment;

	item->segment = item->parent ? item->parent->segment : 0;
	before = &pic->segments[item->segment];
	if (!is_elsewhere(key, before))
		return;
	segment = &pic->segments[pic->segment_count];
	segment->ifname = key->ifname;
	segment->netns = key->netns;
	segment->world = before->world;
	if (!item->segment || !record_same_number(key->netns, before->netns))
		segment->world = ++pic->world_count;
	item->segment = pic->segment_count++;
}

/* The one edge to what comes next, or NULL: there are several, or none. */
static const struct edge *only_route(const struct node *node)
{
	const struct edge *route = NULL;
	size_t i;

	for (i = 0; i < node->count; i++) {
		if (node->edges[i].to->key.kind == NODE_DERIVED)
			continue;
		if (route)
			return NULL;
		route = &node->edges[i];
	}
	return route;
}

/* Begins a line of a table, or goes on with that of the item before. */
static void find_line(struct item *item, const struct item *before)
{
	size_t width = strlen(item->node->key.name) + TIME_COLUMNS;

	item->line = item;
	item->used = width;
	if (!before || !record_same_text(before->layer, item->layer) ||
	    before->used + width > LINE_COLUMNS)
		return;
	item->line = before->line;
	item->used += before->used;
}

/* Puts what comes next into the item's table, when it belongs there. */
static void lengthen_table(const struct picture *pic, struct item *item)
{
	const struct edge *route = only_route(item->node);
	struct item *next;

	if (!item->table) {
		item->table = item;
		find_line(item, NULL);
	}
	if (!route || item->node->key.kind != NODE_STEP ||
	    route->to->key.kind != NODE_STEP)
		return;
	next = picture_item(pic, route->to);
	if (next->parents != 1 || next->segment != item->segment)
		return;
	item->after = next;
	next->table = item->table;
	find_line(next, item);
}

static void count_items(struct picture *pic, const struct graph *g)
{
	const struct node *node;

	for (node = g->nodes; node; node = node->next)
		pic->count += node->same == node;
}

static void take_nodes(struct picture *pic, const struct graph *g)
{
	const struct node *node;

	for (node = g->nodes; node; node = node->next)
		if (node->same == node)
			picture_item(pic, node)->node = node;
}

/* The time from which on a step is slow, ns. */
static uint64_t slow_time(const struct graph *g)
{
	uint64_t share, factor;

	if (!g->ns || !g->steps)
		return UINT64_MAX;
	share = g->ns / g->packets / SLOW_SHARE;
	factor = g->ns / g->steps * SLOW_FACTOR;
	return share > factor ? share : factor;
}

int picture_plan(struct picture *pic, const struct graph *g,
		 const struct data *data)
{
	size_t i;

	*pic = (struct picture){ .segment_count = 1, .slow = slow_time(g) };
	count_items(pic, g);
	pic->items = calloc(pic->count, sizeof(*pic->items));
	pic->segments = calloc(pic->count + 1, sizeof(*pic->segments));
	if (!pic->items || !pic->segments)
		return -ENOMEM;
	take_nodes(pic, g);
	find_parents(pic);
	for (i = 0; i < pic->count; i++) {
		find_layer(&pic->items[i], data);
		find_segment(pic, &pic->items[i]);
	}
	for (i = 0; i < pic->count; i++)
		lengthen_table(pic, &pic->items[i]);
	return 0;
}

void picture_free(struct picture *pic)
{
	free(pic->items);
	free(pic->segments);
}
