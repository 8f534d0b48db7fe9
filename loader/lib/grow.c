// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "grow.h"

void *grow(void *list, size_t count, size_t size)
{
	if (count & (count - 1))
		return list;
	return realloc(list, (count ? 2 * count : 1) * size);
}
