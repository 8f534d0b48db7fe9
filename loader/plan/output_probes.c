// SPDX-License-Identifier: GPL-2.0-only
#include "output_probes.h"

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
static int make_output(struct plan *plan, const struct probe *output)
{
	int found = 0;

	for (uint32_t i = 0; i < plan->count; i++) {
		struct probe *probe = &plan->probes[i];

		if (!is_same(probe, output))
			continue;
		probe->step.stage = output->num;
		found++;
	}
	return found;
}

static int add_output(struct plan *plan, const struct probe *output)
{
	struct probe probe = *output;

	probe.step.stage = output->num;
	return plan_append(plan, &probe);
}

int output_probes_choose(const struct funcs *lines, const struct funcs *list,
		 enum how how, struct funcs *chosen)
{
	int err = 0;

	(void)list;
	for (uint32_t i = 0; !err && i < lines->count; i++)
		if (!*lines->funcs[i].group == (how != HOW_TRACEPOINT))
			err = funcs_add(chosen, &lines->funcs[i]);
	return err;
}

int output_probes_add(struct plan *plan, const struct plan *outputs)
{
	int err = 0;

	for (uint32_t i = 0; !err && i < outputs->count; i++) {
		const struct probe *output = &outputs->probes[i];

		if (output->how != HOW_SKIP && !make_output(plan, output))
			err = add_output(plan, output);
	}
	return err;
}

int output_probes_passing(const struct plan *plan)
{
	for (uint32_t i = 0; i < plan->count; i++) {
		const struct probe *probe = &plan->probes[i];

		if (probe_stage(probe) && probe->how != HOW_SKIP &&
		    (!strcmp(probe->name, "__dev_queue_xmit") ||
		     !strcmp(probe->name, "net_dev_queue")))
			return probe_stage(probe);
	}
	return 0;
}
