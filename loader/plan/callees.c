// SPDX-License-Identifier: GPL-2.0-only
#include "callees.h"

#include <stdbool.h>
#include <string.h>

#include "../../bpf/bpfpath.h"

/* Where a packet would be is asked of none: arguments may have moved. */
int callees_choose(const struct funcs *lines, const struct funcs *list,
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

static bool is_there(const struct plan *plan, const struct probe *callee)
{
	for (uint32_t i = 0; i < plan->count; i++) {
		const struct probe *probe = &plan->probes[i];

		if (probe->how == callee->how && probe->addr == callee->addr &&
		    !strcmp(probe->symbol, callee->symbol))
			return true;
	}
	return false;
}

int callees_add(struct plan *plan, const struct plan *callees)
{
	int count = 0, err = 0;

	for (uint32_t i = 0; !err && i < callees->count; i++) {
		const struct probe *callee = &callees->probes[i];

		if (callee->how == HOW_SKIP || is_there(plan, callee))
			continue;
		err = plan_append(plan, callee);
		count++;
	}
	return err ? err : count;
}
