/* SPDX-License-Identifier: GPL-2.0-only */
/* Relatives that go the same way, as the fragments of a packet mostly do. */
#ifndef ALIKE_H
#define ALIKE_H

#include "family.h"

/*
 * How many of the relatives right behind member i, in the order of the derivations,
 * are made like it, go the same way and end so. To be called when f is judged.
 */
size_t alike_count(const struct family *f, size_t i);

#endif /* ALIKE_H */
