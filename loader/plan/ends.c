// SPDX-License-Identifier: GPL-2.0-only
#include "ends.h"

#include <stdbool.h>
#include <string.h>

#include "../../bpf/bpfpath.h"

static bool is_wanted(const struct funcs *list, const struct func *func,
		      enum how how)
{
	struct func found = *func;

	found.kind = FUNC_FOUND;
	return func->kind == FUNC_NAMED && func->verdict != VERDICT_NONE &&
	       (*func->group || how != HOW_TRACEPOINT) &&
	       !funcs_find(list, func->name, *func->group != '\0') &&
	       !funcs_excluded(list, &found);
}

int ends_choose(const struct funcs *all, const struct funcs *list, enum how how,
		struct funcs *chosen)
{
	int err = 0;

	for (uint32_t i = 0; !err && i < all->count; i++)
		if (is_wanted(list, &all->funcs[i], how))
			err = funcs_add(chosen, &all->funcs[i]);
	return err;
}

/* Without a line of the list it is there as one that goes on. */
static int make_end(struct plan *plan, const struct probe *end)
{
	for (uint32_t i = 0; i < plan->count; i++) {
		struct probe *probe = &plan->probes[i];
		uint32_t num = probe->num;

		if (end->how != HOW_TRACEPOINT || probe->how != end->how ||
		    strcmp(probe->symbol, end->symbol))
			continue;
		*probe = *end;
		probe->num = num;
		return 1;
	}
	return 0;
}

int ends_add(struct plan *plan, const struct plan *ends)
{
	int err = 0;

	for (uint32_t i = 0; !err && i < ends->count; i++) {
		const struct probe *end = &ends->probes[i];

		if (end->how != HOW_SKIP && !make_end(plan, end))
			err = plan_append(plan, end);
	}
	return err;
}
