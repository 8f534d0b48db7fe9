/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GROW_H
#define GROW_H

#include <stddef.h>

/*
 * Room for one more behind the @count elements of @size bytes in @list (NULL:
 * none yet), which is moved at each power of two: the list, or NULL when there
 * is no memory; then @list is as it was.
 */
void *grow(void *list, size_t count, size_t size);

#endif /* GROW_H */
