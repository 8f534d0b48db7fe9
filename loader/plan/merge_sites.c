// SPDX-License-Identifier: GPL-2.0-only
#include "../../bpf/bpfpath.h"
#include "merge_sites.h"

/* The result stands behind the arguments, counted from 1; 0: not a merge site. */
static int result_of(const struct probe *probe, const struct btf *vmlinux)
{
	uint32_t proto = btf_proto(vmlinux, probe->btf_id);
	int n = 3;

	if (probe->how != HOW_FENTRY || *probe->module || probe->arg != 1 ||
	    btf_arg(vmlinux, proto, 1) != ARG_SKB ||
	    btf_arg(vmlinux, proto, 2) != ARG_SKB)
		return 0;
	while (btf_arg(vmlinux, proto, n) != ARG_NONE)
		n++;
	return n;
}

int merge_sites_add(struct plan *plan, const struct plan *merge_sites,
		const struct btf *vmlinux)
{
	int count = 0, err = 0;

	for (uint32_t i = 0; !err && i < merge_sites->count; i++) {
		const struct probe *at = &merge_sites->probes[i];
		struct probe merge_site = *at;
		int result_arg = result_of(at, vmlinux);

		if (!result_arg)
			continue;
		merge_site.role = PROBE_MERGE_SITE;
		merge_site.how = HOW_FEXIT;
		merge_site.merge_site.other_arg = 2;
		merge_site.merge_site.result_arg = result_arg;
		merge_site.merge_site.is_bool = at->step.verdict != VERDICT_NONE;
		err = plan_append(plan, &merge_site);
		count++;
	}
	return err ? err : count;
}
