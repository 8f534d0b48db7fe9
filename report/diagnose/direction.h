/* SPDX-License-Identifier: GPL-2.0-only */
/* In which direction a packet crosses an interface. */
#ifndef DIRECTION_H
#define DIRECTION_H

#include "data.h"

/*
 * "in", "out", or NULL: the function does not tell. The tracepoint net_dev_xmit does
 * not: it comes when a driver like veth's has handed the packet on already, to another
 * interface.
 */
const char *direction_of(const struct data *data, const char *func);

#endif /* DIRECTION_H */
