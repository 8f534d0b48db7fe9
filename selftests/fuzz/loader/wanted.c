// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as a file that says which packets are wanted, and as lines below its
 * header: all functions are made, or none.
 */
#include "../../../loader/filter/wanted.h"
#include "memfd.h"

static void read_file(const void *bytes, size_t size)
{
	struct consts consts = {};
	struct filters filters;
	int error = wanted_read(memfd_file(bytes, size), &consts, &filters);

	for (int i = 0; i < FILTER_FUNCS; i++)
		fuzz_check(!filters.funcs[i].insn_count == !!error);
	filters_free(&filters);
	consts_free(&consts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char header[] = WANTED_HEADER "\n";
	char *bytes = malloc(sizeof(header) + size);

	read_file(data, size);
	memcpy(bytes, header, sizeof(header) - 1);
	memcpy(bytes + sizeof(header) - 1, data, size);
	read_file(bytes, sizeof(header) - 1 + size);
	free(bytes);
	return 0;
}
