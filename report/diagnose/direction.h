/* SPDX-License-Identifier: GPL-2.0-only */
/* Which way a packet crosses an interface. */
#ifndef DIRECTION_H
#define DIRECTION_H

#include "data.h"

/*
 * "in", "out", or NULL: the function does not tell. When the tracepoint
 * net_dev_xmit comes, a driver like veth's has handed the packet on: where it is
 * then is not where it leaves.
 */
const char *direction_of(const struct data *data, const char *func);

#endif /* DIRECTION_H */
