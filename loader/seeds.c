// SPDX-License-Identifier: GPL-2.0-only
#include <err.h>
#include <errno.h>
#include <string.h>

#include "../bpf/bpfpath.h"
#include "seeds.h"

static int is_same(const struct probe *a, const struct probe *b)
{
	return a->how == b->how && a->addr == b->addr && a->arg == b->arg &&
	       !strcmp(a->symbol, b->symbol);
}

/* How many probes of the plan it is: one, if any. */
static int make_seed(struct plan *plan, const struct probe *seed)
{
	int found = 0;

	for (__u32 i = 0; i < plan->count; i++) {
		struct probe *probe = &plan->probes[i];

		if (!is_same(probe, seed))
			continue;
		probe->rank = seed->num;
		found++;
	}
	return found;
}

static int add_seed(struct plan *plan, const struct probe *seed, __u32 *last)
{
	struct probe probe = *seed;

	if (*last + 1 >= MAX_FUNCS) {
		warnx("no number is left for the function '%s'", seed->name);
		return -E2BIG;
	}
	probe.num = ++*last;
	probe.rank = seed->num;
	return plan_add(plan, &probe);
}

int seeds_choose(const struct funcs *list, enum how how, struct funcs *chosen)
{
	int error = 0;

	for (__u32 i = 0; !error && i < list->count; i++)
		if (!*list->funcs[i].group == (how != HOW_TRACEPOINT))
			error = funcs_add(chosen, &list->funcs[i]);
	return error;
}

int seeds_add(struct plan *plan, const struct plan *seeds)
{
	__u32 last = plan->count ? plan->probes[plan->count - 1].num : 0;
	int error = 0;

	for (__u32 i = 0; !error && i < seeds->count; i++) {
		const struct probe *seed = &seeds->probes[i];

		if (seed->how != HOW_SKIP && !make_seed(plan, seed))
			error = add_seed(plan, seed, &last);
	}
	return error;
}
