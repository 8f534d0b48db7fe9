/* SPDX-License-Identifier: GPL-2.0-only */
/* Which members of a family have come to a program's socket. */
#ifndef DELIVERED_H
#define DELIVERED_H

#include "data.h"
#include "../path/family.h"

/*
 * Has a program got the packet? Then it came to a socket and was consumed, or a function
 * freed it that frees so what is read (data/deliveries.list: "a reader"). A capture ("a
 * capture") gets packets, too, but none that is for it. data may be NULL.
 */
bool delivered_path(const struct data *data, const struct path *p);

/* Has a program got another member of p's family? f may be NULL. */
bool delivered_other(const struct data *data, const struct family *f,
		     const struct path *p);

#endif /* DELIVERED_H */
