/* SPDX-License-Identifier: GPL-2.0-only */
/* Which members of a family have come to a program's socket. */
#ifndef DELIVERED_H
#define DELIVERED_H

#include "data.h"
#include "../path/family.h"

bool delivered_path(const struct data *data, const struct path *p);
bool delivered_other(const struct data *data, const struct family *f,
		     const struct path *p);

#endif /* DELIVERED_H */
