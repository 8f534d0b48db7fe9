/* SPDX-License-Identifier: GPL-2.0-only */
/* Which way a packet crosses an interface. */
#ifndef DIRECTION_H
#define DIRECTION_H

#include "data.h"

const char *direction_of(const struct data *data, const char *func);

#endif /* DIRECTION_H */
