/* SPDX-License-Identifier: GPL-2.0-only */
/* The steps of a path as a tree of calls, as function_graph draws it. */
#ifndef TREE_H
#define TREE_H

#include "format.h"

/*
 * Prints the calls of p with the time that they took and what they returned; times are
 * counted from start, ns. If no return was seen it prints steps.
 */
void tree_print(const struct output *o, const struct path *p, uint64_t start);

#endif /* TREE_H */
