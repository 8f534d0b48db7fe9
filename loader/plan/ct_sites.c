// SPDX-License-Identifier: GPL-2.0-only
#include "ct_sites.h"

#include <stdio.h>

#include "../../bpf/bpfpath.h"

/*
 * Of net/netfilter/nf_conntrack_{proto,proto_tcp,core}.c, each in a file of its own or
 * noinline. The first two take any number of arguments, as printf(3) does, and what has
 * those no trampoline can be on.
 */
static const struct ct_site {
	const char *name;
	enum how how;
	int role;
	int packet_arg;
	int format_arg;		/* before modules had BTF (5.11) */
} ct_sites[] = {
	{ "nf_ct_l4proto_log_invalid", HOW_RULE_KPROBE, ROLE_CT_LOG, 1, 3 },
	{ "nf_l4proto_log_invalid", HOW_RULE_KPROBE, ROLE_CT_LOG, 1, 5 },
	{ "tcp_new", HOW_RULE_FEXIT, ROLE_CT_NEW, 2, 0 },
	{ "nf_ct_resolve_clash", HOW_RULE_FEXIT, ROLE_CT_CLASH, 1, 0 },
	{ "__nf_conntrack_confirm", HOW_RULE_FEXIT, ROLE_CT_CONFIRM, 1, 0 },
};

/* How many arguments it has; what stands for any number of them is one. */
static int arguments(const struct btf *btf, uint32_t proto)
{
	int n = 1;

	while (btf_arg(btf, proto, n) != ARG_NONE)
		n++;
	return n - 1;
}

/* Where the format, or the result, is. 0: it is not known, or not in a register. */
static int other_arg(const struct ct_site *site, const struct btf *btf, uint32_t id)
{
	uint32_t proto = id ? btf_proto(btf, id) : 0;
	bool is_result = site->how == HOW_RULE_FEXIT;
	int other;

	if (!proto)
		return site->format_arg;
	if (btf_arg(btf, proto, site->packet_arg) != ARG_SKB)
		return 0;
	other = is_result ? arguments(btf, proto) + 1 : arguments(btf, proto) - 1;
	return other <= ABI_REGS - !is_result ? other : 0;
}

static int add(struct plan *plan, const struct ct_site *site, const struct ksym *sym,
	       struct btf_set *btfs)
{
	struct probe probe = {
		.role = PROBE_RULE, .how = site->how,
		.rule = { .role = site->role },
		.arg = site->packet_arg,
		.addr = sym->addr, .unique = 1,
	};
	const struct btf *btf = NULL;

	probe.btf_id = btfs_func(btfs, site->name, sym->module, &btf);
	probe.rule.other_arg = other_arg(site, btf, probe.btf_id);
	if (!probe.rule.other_arg)
		return 0;
	snprintf(probe.name, sizeof(probe.name), "%s", site->name);
	snprintf(probe.symbol, sizeof(probe.symbol), "%s", sym->name);
	snprintf(probe.module, sizeof(probe.module), "%s", sym->module);
	return plan_append(plan, &probe);
}

int ct_sites_add(struct plan *plan, const struct ksyms *syms, struct btf_set *btfs)
{
	int err = 0;

	for (size_t i = 0; !err && i < sizeof(ct_sites) / sizeof(*ct_sites); i++) {
		const struct ksym *sym = ksyms_find(syms, ct_sites[i].name, NULL);

		if (sym)
			err = add(plan, &ct_sites[i], sym, btfs);
	}
	return err;
}

bool ct_sites_is_one(const struct probe *probe)
{
	return probe->role == PROBE_RULE && probe->rule.role >= ROLE_CT_LOG;
}
