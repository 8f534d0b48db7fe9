// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "makers.h"

/* Two packets of one function, in this order: what it makes, and of what. */
static int is_maker(const struct probe *child, const struct probe *parent)
{
	return child->how != HOW_SKIP && child->num == parent->num &&
	       child->arg == 1 && child->addr == parent->addr &&
	       !strcmp(child->symbol, parent->symbol) && !child->deref &&
	       !parent->deref;
}

int makers_add(struct plan *plan, const struct plan *makers)
{
	int count = 0, error = 0;

	for (__u32 i = 0; !error && i + 1 < makers->count; i++) {
		const struct probe *at = &makers->probes[i];
		struct probe maker = *at;

		if (!is_maker(at, at + 1))
			continue;
		maker.parent = at[1].arg;
		error = plan_append(plan, &maker);
		count++;
		i++;
	}
	return error ? error : count;
}
