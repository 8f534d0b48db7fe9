/* SPDX-License-Identifier: GPL-2.0-only */
/* Addresses, ports and protocol of a packet as text. */
#ifndef FORMAT_FLOW_H
#define FORMAT_FLOW_H

#include "../input/record.h"

#define FLOW_ROOM	192	/* for these texts, bytes */

/*
 * "10.0.0.1:1234 > 10.0.0.2:80", or without ports where there are none. NULL:
 * the addresses are not known.
 */
const char *flow_format(char buf[FLOW_ROOM], const struct record *rec);

/*
 * The same without ephemeral ports, which a socket gets when it asks for none (ip(7),
 * ip_local_port_range): they differ from one connection to the next.
 */
const char *flow_lasting(char buf[FLOW_ROOM], const struct record *rec);

/* The protocol; of an echo also its identifier and number. NULL: not known. */
const char *flow_describe(char buf[FLOW_ROOM], const struct record *rec);

/* Are the addresses and ports of both the same, or not known in both? */
bool flow_is_same(const struct record *a, const struct record *b);

#endif /* FORMAT_FLOW_H */
