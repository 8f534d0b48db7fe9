/* SPDX-License-Identifier: GPL-2.0-only */
/* Nodes and edges of a picture in the language of Graphviz. */
#ifndef DOT_NODE_H
#define DOT_NODE_H

#include "picture.h"

#include <stdio.h>

void dot_node(FILE *out, const struct picture *pic, const struct item *item);
void dot_edges(FILE *out, const struct picture *pic, const struct item *item,
	       uint64_t packets);

#endif /* DOT_NODE_H */
