/* SPDX-License-Identifier: GPL-2.0-only */
/* Form "dot": the routes of all packets as one graph (struct form). */
#ifndef DOT_H
#define DOT_H

#include "../format/format.h"

int dot_family(struct output *o, const struct family *f);
void dot_close(struct output *o);
int dot_end(const struct output *o);

#endif /* DOT_H */
