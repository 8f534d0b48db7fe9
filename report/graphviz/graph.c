// SPDX-License-Identifier: GPL-2.0-only
#include "graph.h"
#include "../../lib/grow.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int order_strings(const char *a, const char *b)
{
	if (!a || !b)
		return !b - !a;
	return strcmp(a, b);
}

int graph_order(const struct node_key *a, const struct node_key *b)
{
	int order = (a->kind > b->kind) - (a->kind < b->kind);

	if (!order)
		order = (a->how > b->how) - (a->how < b->how);
	if (!order)
		order = a->netns.known - b->netns.known;
	if (!order)
		order = (a->netns.value > b->netns.value) -
			(a->netns.value < b->netns.value);
	if (!order)
		order = order_strings(a->name, b->name);
	return order ? order : order_strings(a->ifname, b->ifname);
}

static void free_node(struct node *node)
{
	free((char *)node->key.name);
	free((char *)node->key.ifname);
	free(node->edges);
	free(node);
}

/* A node of that key, or NULL: no memory. */
static struct node *new_node(struct graph *g, const struct node_key *key)
{
	struct node *node = calloc(1, sizeof(*node));

	if (!node)
		return NULL;
	node->key = *key;
	node->key.name = strdup(key->name);
	node->key.ifname = key->ifname ? strdup(key->ifname) : NULL;
	if (!node->key.name || (key->ifname && !node->key.ifname)) {
		free_node(node);
		return NULL;
	}
	node->next = g->nodes;
	g->nodes = node;
	return node;
}

/* The edge of from to a new node of that key, or NULL: no memory. */
static struct edge *new_edge(struct graph *g, struct node *from,
			     const struct node_key *key)
{
	struct edge *edge = grow(from->edges, from->count, sizeof(*edge));

	if (!edge)
		return NULL;
	from->edges = edge;
	edge += from->count;
	*edge = (struct edge){ .to = new_node(g, key) };
	if (!edge->to)
		return NULL;
	from->count++;
	return edge;
}

int graph_step(struct graph *g, struct node **at, const struct node_key *key,
	       struct number from, struct number to)
{
	struct edge *edge = NULL;
	size_t i;

	for (i = 0; i < (*at)->count && !edge; i++)
		if (!graph_order(&(*at)->edges[i].to->key, key))
			edge = &(*at)->edges[i];
	if (!edge)
		edge = new_edge(g, *at, key);
	if (!edge)
		return -ENOMEM;
	edge->count++;
	if (from.known && to.known && to.value >= from.value) {
		edge->timed++;
		edge->ns += to.value - from.value;
	}
	*at = edge->to;
	return 0;
}

int graph_root(struct graph *g)
{
	static const struct node_key key = { .kind = NODE_ROOT, .name = "" };

	if (!g->root)
		g->root = new_node(g, &key);
	return g->root ? 0 : -ENOMEM;
}

void graph_free(struct graph *g)
{
	struct node *node, *next;

	for (node = g->nodes; node; node = next) {
		next = node->next;
		free_node(node);
	}
	*g = (struct graph){ .root = NULL };
}
