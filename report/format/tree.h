/* SPDX-License-Identifier: GPL-2.0-only */
/* The steps of a path as a tree of calls, as function_graph draws it. */
#ifndef TREE_H
#define TREE_H

#include "format.h"

/*
 * Prints the calls of p with what they took and returned; times are counted from
 * start, ns. Without any return it prints steps.
 */
void tree_print(const struct output *o, const struct path *p, uint64_t start);

#endif /* TREE_H */
