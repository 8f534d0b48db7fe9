// SPDX-License-Identifier: GPL-2.0-only
#include "../../bpf/bpfpath.h"
#include "joiners.h"

/* The result stands behind the arguments, counted from 1; 0: not a joiner. */
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

int joiners_add(struct plan *plan, const struct plan *joiners,
		const struct btf *vmlinux)
{
	int count = 0, err = 0;

	for (uint32_t i = 0; !err && i < joiners->count; i++) {
		const struct probe *at = &joiners->probes[i];
		struct probe joiner = *at;
		int result_arg = result_of(at, vmlinux);

		if (!result_arg)
			continue;
		joiner.role = PROBE_JOINER;
		joiner.how = HOW_FEXIT;
		joiner.joiner.other_arg = 2;
		joiner.joiner.result_arg = result_arg;
		joiner.joiner.is_bool = at->step.verdict != VERDICT_NONE;
		err = plan_append(plan, &joiner);
		count++;
	}
	return err ? err : count;
}
