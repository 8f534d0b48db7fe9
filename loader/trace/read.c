// SPDX-License-Identifier: GPL-2.0-only
#include "read.h"

#include <string.h>

static const struct read_ops *const all[] = {
	&read_ring,
	&read_map,
	&read_pipe,
};

const struct read_ops *read_ops_find(const char *name)
{
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (!strcmp(all[i]->name, name))
			return all[i];
	return NULL;
}
