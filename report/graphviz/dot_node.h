/* SPDX-License-Identifier: GPL-2.0-only */
/* Nodes and edges of a picture in the language of Graphviz. */
#ifndef DOT_NODE_H
#define DOT_NODE_H

#include "picture.h"

#include <stdio.h>

/* Prints the node of an item; a table when the item is the first of one. */
void dot_node(FILE *out, const struct picture *pic, const struct item *item);

/*
 * Prints the edges that leave an item, but for the one to the next item of its table.
 * Edges of the root are not drawn. packets: how many the whole picture is of.
 */
void dot_edges(FILE *out, const struct picture *pic, const struct item *item,
	       uint64_t packets);

#endif /* DOT_NODE_H */
