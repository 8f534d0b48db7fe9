/* SPDX-License-Identifier: GPL-2.0-only */
/* The steps of a path as a table for a person. */
#ifndef STEPS_H
#define STEPS_H

#include "format.h"

/*
 * Prints the steps of p as a table, times counted from start, ns, with the columns that
 * were chosen; if none were, with o->verbose more than without.
 */
void steps_print(const struct output *o, const struct path *p, uint64_t start);

#endif /* STEPS_H */
