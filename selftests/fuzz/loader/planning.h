/* SPDX-License-Identifier: GPL-2.0-only */
/* A list of functions, types and symbols: the plans that are made of them. */
#ifndef PLANNING_H
#define PLANNING_H

#include <stdint.h>

#include "../../../bpf/bpfpath.h"
#include "../../../loader/plan/callees.h"
#include "../../../loader/plan/ends.h"
#include "../../../loader/plan/merge_sites.h"
#include "../../../loader/plan/copy_sites.h"
#include "../../../loader/plan/ct_sites.h"
#include "../../../loader/plan/resolve.h"
#include "../../../loader/plan/returns.h"
#include "../../../loader/plan/rule_layout.h"
#include "../../../loader/plan/rules.h"
#include "../../../loader/plan/output_probes.h"
#include "../../../loader/plan/select.h"
#include "files.h"

static const char symbols[] =
	"ffffffff81000000 T ip_rcv\n"
	"ffffffff81000100 t drop_reason.isra.0\n"
	"ffffffff81000200 t core\n"
	"ffffffff81000300 t twin\n"
	"ffffffff81000400 T optimised.constprop.0\n"
	"ffffffff81000500 T a_function_whose_name_is_as_long_as_a_name_in_"
	"the_list_may_be_1\n"
	"ffffffff81000600 T a_function_whose_name_is_longer_than_a_name_in_"
	"the_list_may_be_1\n"
	"ffffffffc0000000 t veth_xmit\t[veth]\n"
	"ffffffffc0000100 t twin\t[veth]\n"
	"ffffffffc0000200 t nft_do_chain\t[veth]\n";

/* What is fuzzed, and what goes with it. */
struct planning {
	struct funcs *list;
	struct ksyms *syms;
	struct btf_set *btfs;
};

static inline void check_plan(const struct plan *plan)
{
	FILE *out = fopen("/dev/null", "w");
	const struct probe *probe;

	for (uint32_t i = 0; i < plan->count; i++) {
		probe = &plan->probes[i];
		fuzz_check(probe->num >= 1 && probe->num < MAX_FUNCS);
		fuzz_check(*probe->name != '\0');
		fuzz_check(probe->how == HOW_SKIP ? *probe->why != '\0' :
			   *probe->symbol && probe->arg >= 1 &&
			   probe->arg <= ABI_REGS);
	}
	fuzz_check(!plan_write(plan, out));
	fclose(out);
}

/* What other lists add, as if the same lines stood in all of them. */
static inline void add_others(const struct planning *from, struct plan *plan)
{
	static const struct plan nothing;
	struct plan returns = nothing, others = nothing;
	const struct btf *vmlinux = btfs_vmlinux(from->btfs);

	for (uint32_t i = 0; i < plan->count; i++)
		fuzz_check(!plan_add(&others, &plan->probes[i]));
	ends_add(plan, &others);
	output_probes_add(plan, &others);
	copy_sites_add(plan, &others);
	callees_add(plan, &others);
	if (vmlinux)
		merge_sites_add(plan, &others, vmlinux);
	rules_add(plan, from->syms, from->btfs);
	ct_sites_add(plan, from->syms, from->btfs);
	check_plan(plan);
	returns_add(plan, from->btfs, 1, &returns);
	check_plan(&returns);
	free(returns.probes);
	free(others.probes);
}

static inline void plan_for(const struct planning *from,
			    const struct funcs *chosen, enum how how)
{
	struct plan *plan;

	if (resolve_functions(chosen, from->syms, from->btfs, how, &plan))
		return;
	check_plan(plan);
	add_others(from, plan);
	plan_free(plan);
}

static inline void plan_chosen(const struct planning *from,
			       const struct discovery *found, int all)
{
	struct funcs *chosen;

	if (select_funcs(from->list, found, all, &chosen))
		return;
	plan_for(from, chosen, HOW_KPROBE);
	plan_for(from, chosen, HOW_MULTI);
	plan_for(from, chosen, HOW_FENTRY);
	funcs_free(chosen);
}

static inline void plan_all(const struct planning *from)
{
	struct discovery *found;
	struct plan *plan;

	fuzz_check(!discover(from->btfs, from->syms, &found));
	plan_chosen(from, found, 0);
	plan_chosen(from, found, 1);
	discovery_free(found);
	if (resolve_tracepoints(from->list, from->btfs, &plan))
		return;
	check_plan(plan);
	plan_free(plan);
}

#endif /* PLANNING_H */
