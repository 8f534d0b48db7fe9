// SPDX-License-Identifier: GPL-2.0-only
#include "rules.h"

#include <stdio.h>
#include <string.h>

#include "../../bpf/bpfpath.h"
#include "../kernel/per_cpu.h"
#include "rule_layout.h"

#define ENTRY	1
#define EXIT	2

static const struct rule_func {
	const char *name;
	int role;
	int where;
	bool is_ip6;
} rule_funcs[] = {
	{ "nft_do_chain", ROLE_NFT_CHAIN, ENTRY | EXIT, 0 },
	{ "nft_immediate_eval", ROLE_NFT_EXPR, EXIT, 0 },
	{ "nft_lookup_eval", ROLE_NFT_EXPR, EXIT, 0 },
	{ "nft_reject_ipv4_eval", ROLE_NFT_EXPR, EXIT, 0 },
	{ "nft_reject_ipv6_eval", ROLE_NFT_EXPR, EXIT, 0 },
	{ "nft_reject_inet_eval", ROLE_NFT_EXPR, EXIT, 0 },
	{ "nft_reject_bridge_eval", ROLE_NFT_EXPR, EXIT, 0 },
	{ "nft_reject_netdev_eval", ROLE_NFT_EXPR, EXIT, 0 },
	{ "nft_target_eval_xt", ROLE_NFT_EXPR, EXIT, 0 },
	{ "nft_target_eval_bridge", ROLE_NFT_EXPR, EXIT, 0 },
	{ "ipt_do_table", ROLE_XT, ENTRY | EXIT, 0 },
	{ "ip6t_do_table", ROLE_XT, ENTRY | EXIT, 1 },
};

static int add(struct plan *plan, struct probe *probe, enum how how)
{
	probe->how = how;
	return plan_append(plan, probe);
}

/* Where modules' functions have no BTF (rule_layout.h), what begins is seen. */
static int add_kprobe(struct plan *plan, struct probe *probe,
		      struct btf_set *btfs)
{
	if (!rule_layout_is_old(btfs))
		return 0;
	if (!strcmp(probe->name, "nft_immediate_eval"))
		probe->rule.role = ROLE_NFT_IMMEDIATE;
	else if (!strncmp(probe->name, "nft_reject_", 11))
		probe->rule.role = ROLE_NFT_REJECT;
	else if (probe->rule.role != ROLE_NFT_CHAIN)
		return 0;
	return add(plan, probe, HOW_RULE_KPROBE);
}

static int add_func(struct plan *plan, const struct rule_func *func,
		    const struct ksym *sym, struct btf_set *btfs)
{
	struct probe probe = {
		.role = PROBE_RULE,
		.rule = { .role = func->role, .is_ip6 = func->is_ip6 },
		.addr = sym->addr, .unique = 1,
	};
	const struct btf *btf;
	int err = 0;

	snprintf(probe.name, sizeof(probe.name), "%s", func->name);
	snprintf(probe.symbol, sizeof(probe.symbol), "%s", sym->name);
	snprintf(probe.module, sizeof(probe.module), "%s", sym->module);
	probe.btf_id = btfs_func(btfs, func->name, sym->module, &btf);
	if (!probe.btf_id)
		return add_kprobe(plan, &probe, btfs);
	if (func->role == ROLE_XT &&
	    btf_arg(btf, btf_proto(btf, probe.btf_id), 1) == ARG_SKB)
		probe.rule.role = ROLE_XT_TABLE_LAST;
	if (func->where & ENTRY)
		err = add(plan, &probe, HOW_RULE_FENTRY);
	if (!err && func->where & EXIT)
		err = add(plan, &probe, HOW_RULE_FEXIT);
	return err;
}

int rules_add(struct plan *plan, const struct ksyms *syms,
	      struct btf_set *btfs)
{
	int err = 0;

	for (size_t i = 0;
	     !err && i < sizeof(rule_funcs) / sizeof(*rule_funcs); i++) {
		const struct ksym *sym =
			ksyms_find(syms, rule_funcs[i].name, NULL);

		if (sym)
			err = add_func(plan, &rule_funcs[i], sym, btfs);
	}
	return err;
}

bool rules_is_xt(const struct probe *probe)
{
	return probe->role == PROBE_RULE &&
	       (probe->rule.role == ROLE_XT ||
		probe->rule.role == ROLE_XT_TABLE_LAST);
}

uint64_t rules_per_cpu(const struct plan *plan)
{
	for (uint32_t i = 0; i < plan->count; i++) {
		if (rules_is_xt(&plan->probes[i]))
			return per_cpu_offsets();
	}
	return 0;
}
