// SPDX-License-Identifier: GPL-2.0-only
#include "neighbours.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "../../bpf/bpfpath.h"

/*
 * Witnesses lie in other files of the kernel's sources than their callers, so that the
 * compiler keeps the calls. arp_xmit() does not, and tells only when it is reached.
 * arp_process() (net/ipv4/arp.c) calls
 *
 *	neigh_event_ns		before it answers
 *	arp_xmit		with an answer
 *	inet_confirm_addr	as arp_ignore is 1, 2 or 3; no address: no answer
 *	neigh_lookup		as it is not to answer for the address at all
 *
 * and ndisc_rcv() (net/ipv6/ndisc.c), of a solicitation,
 *
 *	icmp6_dst_alloc		for the route of an answer
 *	ipv6_chk_acast_addr	as the address is none of the interface
 */
static const struct answer_func {
	const char *name;
	enum how how;
	int role;
} answer_funcs[] = {
	{ "arp_process", HOW_RULE_FENTRY, ROLE_QUESTION_THIRD },
	{ "ndisc_rcv", HOW_RULE_FENTRY, ROLE_QUESTION },
	{ "neigh_event_ns", HOW_RULE_FENTRY, ROLE_WITNESS },
	{ "arp_xmit", HOW_RULE_FENTRY, ROLE_WITNESS },
	{ "inet_confirm_addr", HOW_RULE_FEXIT, ROLE_WITNESS_NONE },
	{ "neigh_lookup", HOW_RULE_FENTRY, ROLE_WITNESS },
	{ "icmp6_dst_alloc", HOW_RULE_FENTRY, ROLE_WITNESS },
	{ "ipv6_chk_acast_addr", HOW_RULE_FENTRY, ROLE_WITNESS },
};

#define ANSWER_FUNCS	(sizeof(answer_funcs) / sizeof(*answer_funcs))

/* 0: it cannot be probed so. */
static int find(struct probe *probe, const struct answer_func *func,
		const struct ksyms *syms, struct btf_set *btfs)
{
	const struct ksym *sym = ksyms_find(syms, func->name, NULL);
	const struct btf *btf;

	if (!sym || *sym->module)
		return 0;
	*probe = (struct probe){
		.role = PROBE_RULE, .how = func->how,
		.rule = { .role = func->role },
		.addr = sym->addr, .unique = 1,
	};
	snprintf(probe->name, sizeof(probe->name), "%s", func->name);
	snprintf(probe->symbol, sizeof(probe->symbol), "%s", sym->name);
	probe->btf_id = btfs_func(btfs, func->name, "", &btf);
	return probe->btf_id != 0;
}

int neighbours_add(struct plan *plan, const struct ksyms *syms,
		struct btf_set *btfs)
{
	struct probe probes[ANSWER_FUNCS];
	int err = 0;

	for (size_t i = 0; i < ANSWER_FUNCS; i++)
		if (!find(&probes[i], &answer_funcs[i], syms, btfs))
			return 0;
	for (size_t i = 0; !err && i < ANSWER_FUNCS; i++)
		err = plan_append(plan, &probes[i]);
	return err;
}

bool neighbours_is_witness(const struct probe *probe)
{
	return probe->role == PROBE_RULE &&
	       (probe->rule.role == ROLE_WITNESS ||
		probe->rule.role == ROLE_WITNESS_NONE);
}

bool neighbours_is_question(const struct probe *probe)
{
	return probe->role == PROBE_RULE &&
	       (probe->rule.role == ROLE_QUESTION ||
		probe->rule.role == ROLE_QUESTION_THIRD);
}
