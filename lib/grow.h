/* SPDX-License-Identifier: GPL-2.0-only */
/* Lists that grow by doubling. */
#ifndef GROW_H
#define GROW_H

#include <stddef.h>

/*
 * Makes room for one more element behind the count elements, of size bytes each, of a
 * list that is NULL at first and gets its room here alone. Returns the list, which may
 * have moved; or NULL when there is no memory or the size overflows: then errno is
 * ENOMEM and the list is as it was.
 */
void *grow(void *list, size_t count, size_t size);

#endif /* GROW_H */
