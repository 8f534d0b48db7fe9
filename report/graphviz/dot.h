/* SPDX-License-Identifier: GPL-2.0-only */
/* Form "dot": the routes of all packets as one graph (struct form). */
#ifndef DOT_H
#define DOT_H

#include "../format/format.h"

/* Keeps the family's route. Returns 0 or -ENOMEM. */
int dot_family(struct output *o, const struct family *f);

/* Gives back what dot_family() has kept. */
void dot_close(struct output *o);

/* Prints the graph of all packets, if any. Returns 0 or -ENOMEM. */
int dot_end(const struct output *o);

#endif /* DOT_H */
