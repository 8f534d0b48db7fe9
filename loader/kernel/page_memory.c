// SPDX-License-Identifier: GPL-2.0-only
#include "page_memory.h"

#include "../syms/variables.h"

int page_memory_set(struct consts *consts)
{
	static const char *const names[] = { "vmemmap_base", "page_offset_base" };
	uint64_t addresses[2];
	int err = 0;

	variables_find(names, 2, addresses);
	for (int i = 0; !err && i < 2; i++)
		err = consts_set(consts, names[i], addresses[i]);
	return err;
}
