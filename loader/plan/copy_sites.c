// SPDX-License-Identifier: GPL-2.0-only
#include "copy_sites.h"

#include <stdbool.h>
#include <string.h>

#include "../../bpf/bpfpath.h"

static bool is_packet(const struct probe *probe)
{
	return probe->how != HOW_SKIP && !probe->deref;
}

/* Two packets of one function. */
static bool is_pair(const struct probe *at, const struct probe *next)
{
	return next && next->num == at->num && next->addr == at->addr &&
	       !strcmp(next->symbol, at->symbol) && is_packet(next);
}

/*
 * In a plan, the probe for the old packet stands behind the one for the new. Where the
 * function's line has FIN or an ARG, only the one for the new packet is there.
 */
static int old_one(const struct probe *at, const struct probe *next)
{
	if (!is_packet(at) || at->arg > 2)
		return 0;
	if (at->arg == 2)
		return 1;
	if (at->step.verdict != VERDICT_NONE)
		return 2;
	return is_pair(at, next) ? next->arg : 0;
}

int copy_sites_add(struct plan *plan, const struct plan *copy_sites)
{
	int count = 0, err = 0;

	for (uint32_t i = 0; !err && i < copy_sites->count; i++) {
		const struct probe *at = &copy_sites->probes[i];
		const struct probe *next =
			i + 1 < copy_sites->count ? at + 1 : NULL;
		struct probe copy_site = *at;
		int old_arg = old_one(at, next);

		if (!old_arg)
			continue;
		copy_site.role = PROBE_COPY_SITE;
		copy_site.copy_site.old_arg = old_arg;
		copy_site.copy_site.is_fresh = at->step.verdict != VERDICT_NONE;
		err = plan_append(plan, &copy_site);
		count++;
		i += is_pair(at, next);
	}
	return err ? err : count;
}

int copy_sites_follow(const struct plan *plan, const int *errors)
{
	int copy_sites = 0, ends = 0;

	for (uint32_t i = 0; i < plan->count; i++) {
		const struct probe *probe = &plan->probes[i];

		if (errors[i])
			continue;
		copy_sites |= probe->role == PROBE_COPY_SITE;
		ends |= !strcmp(probe->name, "__kfree_skb");
	}
	return copy_sites && ends;
}
