/* SPDX-License-Identifier: GPL-2.0-only */
/* The interfaces that a path crosses as a table for a person. */
#ifndef HOPS_H
#define HOPS_H

#include "format.h"

/*
 * Prints a line for each interface that p crosses, and one more when p turns from
 * arriving to leaving there; times are counted from start, ns.
 */
void hops_print(const struct output *o, const struct path *p, uint64_t start);

#endif /* HOPS_H */
