// SPDX-License-Identifier: GPL-2.0-only
#include "aside.h"

#include <stdbool.h>
#include <string.h>

#include "../../bpf/bpfpath.h"

/* Where a packet would be is asked of none: arguments may have moved. */
int aside_choose(const struct funcs *lines, const struct funcs *list,
		 enum how how, struct funcs *chosen)
{
	int err = 0;

	(void)list;
	(void)how;
	for (uint32_t i = 0; !err && i < lines->count; i++) {
		struct func func = lines->funcs[i];

		if (func.kind != FUNC_NAMED || *func.group)
			continue;
		func.verdict = VERDICT_CALLEE;
		func.arg = 1;
		err = funcs_add(chosen, &func);
	}
	return err;
}

static bool is_there(const struct plan *plan, const struct probe *aside)
{
	for (uint32_t i = 0; i < plan->count; i++) {
		const struct probe *probe = &plan->probes[i];

		if (probe->how == aside->how && probe->addr == aside->addr &&
		    !strcmp(probe->symbol, aside->symbol))
			return true;
	}
	return false;
}

int aside_add(struct plan *plan, const struct plan *asides)
{
	int count = 0, err = 0;

	for (uint32_t i = 0; !err && i < asides->count; i++) {
		const struct probe *aside = &asides->probes[i];

		if (aside->how == HOW_SKIP || is_there(plan, aside))
			continue;
		err = plan_append(plan, aside);
		count++;
	}
	return err ? err : count;
}
