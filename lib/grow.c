// SPDX-License-Identifier: GPL-2.0-only
#include "grow.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

void *grow(void *list, size_t count, size_t size)
{
	size_t bytes;

	if (count & (count - 1))
		return list;
	if (count > SIZE_MAX / 2 ||
	    __builtin_mul_overflow(count ? 2 * count : 1, size, &bytes)) {
		errno = ENOMEM;
		return NULL;
	}
	return realloc(list, bytes);
}
