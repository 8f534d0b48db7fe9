// SPDX-License-Identifier: GPL-2.0-only
#include "grow.h"

#include <stdlib.h>

void *grow(void *list, size_t count, size_t size)
{
	if (count & (count - 1))
		return list;
	return reallocarray(list, count ? 2 * count : 1, size);
}
