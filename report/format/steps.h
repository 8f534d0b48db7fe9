/* SPDX-License-Identifier: GPL-2.0-only */
/* The steps of a path as a table for a person. */
#ifndef STEPS_H
#define STEPS_H

#include "format.h"

void steps_print(const struct output *o, const struct path *p, uint64_t start);

#endif /* STEPS_H */
