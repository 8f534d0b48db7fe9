// SPDX-License-Identifier: GPL-2.0-only
/*
 * A graph to which routes were added is a tree: common beginnings are one already.
 * Here common endings become one, too. Nodes are merged when what they say is the same,
 * and all that follows them; so the graph shows no route that no packet has taken.
 */
#include "graph.h"
#include "../../lib/hash.h"
#include "../path/sorted.h"

#include <errno.h>
#include <stdlib.h>

static uint64_t hash_name(uint64_t hash, const char *name)
{
	return name ? hash_string(hash, name) : hash;
}

static uint64_t hash_node(const struct node *node)
{
	uint64_t hash = HASH_START;
	size_t i;

	hash = hash_bytes(hash, &node->key.kind, sizeof(node->key.kind));
	hash = hash_bytes(hash, &node->key.netns.value,
			  sizeof(node->key.netns.value));
	hash = hash_name(hash, node->key.name);
	hash = hash_name(hash, node->key.ifname);
	for (i = 0; i < node->count; i++)
		hash = hash_bytes(hash, &node->edges[i].to->id,
				  sizeof(node->edges[i].to->id));
	return hash;
}

static int by_key(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;

	return graph_order(&x->to->key, &y->to->key);
}

/* Both have their edges in the order of the keys. */
static bool is_same(const struct node *a, const struct node *b)
{
	size_t i;

	if (a->count != b->count || graph_order(&a->key, &b->key))
		return false;
	for (i = 0; i < a->count && a->edges[i].to == b->edges[i].to; i++)
		;
	return i == a->count;
}

/* Counts what went by node as if it had gone by its double. */
static void add_counts(struct node *same, const struct node *node)
{
	size_t i;

	for (i = 0; i < node->count; i++) {
		same->edges[i].count += node->edges[i].count;
		same->edges[i].timed += node->edges[i].timed;
		same->edges[i].ns += node->edges[i].ns;
	}
}

/* Finds who stands for node, whose successors have that behind them. */
static int settle(struct sorted *seen, uint64_t *id, struct node *node)
{
	uint64_t hash = hash_node(node);
	struct node *first = sorted_find(seen, hash), *same;

	for (same = first; same && !is_same(same, node); same = same->other)
		;
	if (same) {
		add_counts(same, node);
		node->same = same;
		return 0;
	}
	node->same = node;
	node->id = ++*id;
	if (!first)
		return sorted_insert(seen, hash, node);
	node->other = first->other;
	first->other = node;
	return 0;
}

/* Successors were added later: they stand in front of node in graph->nodes. */
static int merge_node(struct sorted *seen, uint64_t *id, struct node *node)
{
	size_t i;

	if (node->count)
		qsort(node->edges, node->count, sizeof(*node->edges), by_key);
	for (i = 0; i < node->count; i++)
		node->edges[i].to = node->edges[i].to->same;
	return settle(seen, id, node);
}

int graph_merge(struct graph *g)
{
	struct sorted seen = { .count = 0 };
	struct node *node;
	uint64_t id = 0;
	int err = 0;

	for (node = g->nodes; node && !err; node = node->next)
		err = merge_node(&seen, &id, node);
	free(seen.entry);
	return err;
}
