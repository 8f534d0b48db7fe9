/* SPDX-License-Identifier: GPL-2.0-only */
/* Addresses and ports of a packet, and what it says of itself, as text. */
#ifndef FLOW_H
#define FLOW_H

#include "../input/record.h"

#define FLOW_ROOM	192	/* for these, bytes */

const char *flow_format(char buf[FLOW_ROOM], const struct record *rec);
const char *flow_lasting(char buf[FLOW_ROOM], const struct record *rec);
const char *flow_describe(char buf[FLOW_ROOM], const struct record *rec);
bool flow_is_same(const struct record *a, const struct record *b);

#endif /* FLOW_H */
