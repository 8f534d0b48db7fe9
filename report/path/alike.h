/* SPDX-License-Identifier: GPL-2.0-only */
/* Relatives that take the same route, as the fragments of a packet mostly do. */
#ifndef ALIKE_H
#define ALIKE_H

#include "family.h"

/*
 * How many of the relatives right behind member i, in the order of derivation, are
 * made, go on and end as it does. To be called when f is judged.
 */
size_t alike_count(const struct family *f, size_t i);

#endif /* ALIKE_H */
