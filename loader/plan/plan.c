// SPDX-License-Identifier: GPL-2.0-only
#include "plan.h"

#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "../../bpf/bpfpath.h"
#include "../../lib/grow.h"

static const char *const how_names[] = {
	[HOW_KPROBE] = "kprobe",
	[HOW_MULTI] = "multi",
	[HOW_SESSION] = "session",
	[HOW_FENTRY] = "fentry",
	[HOW_TRACEPOINT] = "tracepoint",
	[HOW_FEXIT] = "fexit",
	[HOW_KPROBE_RETURN] = "kprobe_return",
	[HOW_MULTI_RETURN] = "multi_return",
	[HOW_FENTRY_RETURN] = "fentry_return",
	[HOW_RULE_FENTRY] = "rule_fentry",
	[HOW_RULE_FEXIT] = "rule_fexit",
	[HOW_RULE_KPROBE] = "rule_kprobe",
	[HOW_RECEIVE] = "receive",
	[HOW_PROG] = "prog",
	[HOW_XDP_FENTRY] = "xdp_fentry",
	[HOW_XDP_FEXIT] = "xdp_fexit",
	[HOW_SKIP] = "skip",
};

int probe_verdict(const struct probe *probe)
{
	return probe->role == PROBE_STEP || probe->role == PROBE_CALLEE ?
		       probe->step.verdict :
		       VERDICT_NONE;
}

int probe_stage(const struct probe *probe)
{
	return probe->role == PROBE_STEP ? probe->step.stage : 0;
}

bool probe_is_free(const struct probe *probe)
{
	return probe->how == HOW_TRACEPOINT &&
	       !strcmp(probe->name, FREED_TRACEPOINT);
}

uint32_t plan_freed(const struct plan *plan)
{
	for (uint32_t i = 0; i < plan->count; i++)
		if (probe_is_free(&plan->probes[i]))
			return plan->probes[i].num;
	return 0;
}

bool probe_sees_return(const struct probe *probe)
{
	return probe->role == PROBE_RETURN || probe->how == HOW_SESSION;
}

int plan_add(struct plan *plan, const struct probe *probe)
{
	struct probe *grown = grow(plan->probes, plan->count, sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	plan->probes = grown;
	grown[plan->count++] = *probe;
	return 0;
}

int plan_append(struct plan *plan, const struct probe *probe)
{
	uint32_t last = plan->count ? plan->probes[plan->count - 1].num : 0;
	struct probe copy = *probe;

	if (last + 1 >= MAX_FUNCS) {
		warnx("no number is left for the function '%s'", probe->name);
		return -E2BIG;
	}
	copy.num = last + 1;
	return plan_add(plan, &copy);
}

void plan_free(struct plan *plan)
{
	uint32_t i;

	if (!plan)
		return;
	for (i = 0; i < plan->count; i++)
		free(plan->probes[i].object);
	free(plan->probes);
	free(plan);
}

const char *plan_how_name(enum how how)
{
	return how_names[how];
}

int plan_how(const char *text, enum how *how)
{
	int i;

	for (i = HOW_KPROBE; i <= HOW_SKIP; i++) {
		if (!strcmp(text, how_names[i])) {
			*how = i;
			return 0;
		}
	}
	return -EINVAL;
}
