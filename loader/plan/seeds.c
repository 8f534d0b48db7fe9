// SPDX-License-Identifier: GPL-2.0-only
#include "seeds.h"

#include <stdbool.h>
#include <string.h>

#include "../../bpf/bpfpath.h"

static bool is_same(const struct probe *a, const struct probe *b)
{
	return a->role == b->role && a->how == b->how &&
	       a->addr == b->addr && a->arg == b->arg &&
	       !strcmp(a->symbol, b->symbol);
}

/* How many probes of the plan it is: one, if any. */
static int make_seed(struct plan *plan, const struct probe *seed)
{
	int found = 0;

	for (uint32_t i = 0; i < plan->count; i++) {
		struct probe *probe = &plan->probes[i];

		if (!is_same(probe, seed))
			continue;
		probe->step.stage = seed->num;
		found++;
	}
	return found;
}

static int add_seed(struct plan *plan, const struct probe *seed)
{
	struct probe probe = *seed;

	probe.step.stage = seed->num;
	return plan_append(plan, &probe);
}

int seeds_choose(const struct funcs *lines, const struct funcs *list,
		 enum how how, struct funcs *chosen)
{
	int err = 0;

	(void)list;
	for (uint32_t i = 0; !err && i < lines->count; i++)
		if (!*lines->funcs[i].group == (how != HOW_TRACEPOINT))
			err = funcs_add(chosen, &lines->funcs[i]);
	return err;
}

int seeds_add(struct plan *plan, const struct plan *seeds)
{
	int err = 0;

	for (uint32_t i = 0; !err && i < seeds->count; i++) {
		const struct probe *seed = &seeds->probes[i];

		if (seed->how != HOW_SKIP && !make_seed(plan, seed))
			err = add_seed(plan, seed);
	}
	return err;
}
