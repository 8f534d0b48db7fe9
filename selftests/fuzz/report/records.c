// SPDX-License-Identifier: GPL-2.0-only
/* Any bytes as a record stream, with and without the tables of data/. */
#include "printing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	printing_prepare();
	print_all(data, size, size % 2 ? &tables : NULL);
	return 0;
}
