// SPDX-License-Identifier: GPL-2.0-only
#include "rule_layout.h"

#include <stdbool.h>

/* BPF_FUNC_task_storage_delete, 5.11; in 5.10 the enum ends with 156. */
#define TASK_STORAGE_DELETE	157

/*
 * include/net/netfilter/nf_tables.h of 5.10, on 64 bits. In struct nft_table the table
 * of chains stands first, whose size depends on the kernel: it is added @chains times.
 */
static const struct {
	const char *name;
	int value, chains;
} old[] = {
	{ "off_nft_pktinfo__skb", 0, 0 },
	{ "off_nft_pktinfo__state", 32, 0 },
	{ "off_nft_base_chain__chain", 16, 0 },
	{ "off_nft_base_chain__policy", 0, 0 },
	{ "off_nft_chain__rules_gen_0", 0, 0 },
	{ "off_nft_chain__list", 32, 0 },
	{ "off_nft_chain__table", 64, 0 },
	{ "off_nft_chain__name", 88, 0 },
	{ "bit_nft_rule__handle", 128, 0 },
	{ "width_nft_rule__handle", 42, 0 },
	{ "bit_nft_rule__dlen", 128 + 44, 0 },
	{ "width_nft_rule__dlen", 12, 0 },
	{ "bit_nft_rule__udata", 128 + 56, 0 },
	{ "width_nft_rule__udata", 1, 0 },
	{ "off_nft_rule__data", 24, 0 },
	{ "off_nft_expr__data", 8, 0 },
	{ "off_nft_expr_ops__size", 16, 0 },
	{ "off_nft_expr_ops__data", 112, 0 },
	{ "off_xt_match__name", 16, 0 },
	{ "off_nft_immediate_expr__dreg", 16, 0 },
	{ "off_nft_table__chains", 16, 1 },
	{ "bit_nft_table__family", 8 * (16 + 84), 8 },
	{ "width_nft_table__family", 6, 0 },
	{ "off_nft_table__name", 16 + 88, 1 },
};

bool rule_layout_is_old(struct btf_set *btfs)
{
	const struct btf *vmlinux = btfs_vmlinux(btfs);

	return vmlinux && !btfs_module_count(btfs) &&
	       btf_member_offset(vmlinux, "net", "nft.gencursor") >= 0 &&
	       !btf_enum_name(vmlinux, "bpf_func_id", TASK_STORAGE_DELETE) &&
	       btf_find(vmlinux, "rhltable", KIND_STRUCT);
}

int rule_layout_set(struct btf_set *btfs, struct consts *consts)
{
	const struct btf *vmlinux = btfs_vmlinux(btfs);
	int chains, err = 0;

	if (!rule_layout_is_old(btfs))
		return 0;
	chains = btf_size(vmlinux, btf_find(vmlinux, "rhltable", KIND_STRUCT));
	for (size_t i = 0; !err && i < sizeof(old) / sizeof(*old); i++)
		err = consts_set(consts, old[i].name,
				 old[i].value + old[i].chains * chains);
	return err;
}
