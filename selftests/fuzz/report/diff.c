// SPDX-License-Identifier: GPL-2.0-only
/* Any bytes as two record streams, the second one from a line "%" on. */
#include "comparing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *cut = memmem(data, size, "\n%\n", 3);

	if (cut)
		compare_streams(data, cut + 1 - data, cut + 3,
				data + size - (cut + 3));
	return 0;
}
