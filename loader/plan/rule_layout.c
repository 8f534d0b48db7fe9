// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>

#include "../btf/layout.h"
#include "rule_layout.h"

struct member {
	const char *strct, *member;
};

static const struct member nft_members[] = {
	{ "nft_pktinfo", "skb" },
	{ "nft_pktinfo", "state" },
	{ "nf_hook_state", "hook" },
	{ "nf_hook_state", "pf" },
	{ "nft_base_chain", "chain" },
	{ "nft_base_chain", "policy" },
	{ "nft_chain", "blob_gen_0" },
	{ "nft_chain", "blob_gen_1" },
	{ "nft_chain", "list" },
	{ "nft_chain", "table" },
	{ "nft_chain", "name" },
	{ "nft_table", "chains" },
	{ "nft_table", "name" },
	{ "nft_rule_blob", "size" },
	{ "nft_rule_blob", "data" },
	{ "nft_rule_dp", "data" },
};

static const struct member xt_members[] = {
	{ "nf_hook_state", "hook" },
	{ "nf_hook_state", "pf" },
	{ "xt_table", "private" },
	{ "xt_table", "name" },
	{ "xt_table_info", "size" },
	{ "xt_table_info", "hook_entry" },
	{ "xt_table_info", "underflow" },
	{ "xt_table_info", "entries" },
	{ "xt_target", "name" },
	{ "xt_target", "target" },
};

static const struct member old_members[] = {
	{ "nf_hook_state", "hook" },
	{ "nf_hook_state", "pf" },
	{ "nf_hook_state", "net" },
	{ "net", "nft.gencursor" },
};

static const struct member nft_bits[] = {
	{ "nft_table", "family" },
	{ "nft_rule_dp", "is_last" },
	{ "nft_rule_dp", "dlen" },
	{ "nft_rule_dp", "handle" },
};

#define COUNT(array)	(sizeof(array) / sizeof(*(array)))

static void put_members(const struct btf *btf, const struct member *members,
			size_t count, FILE *out)
{
	for (size_t i = 0; i < count; i++)
		layout_member(btf, members[i].strct, members[i].member, out);
}

static void put_nft(const struct btf *btf, FILE *out)
{
	put_members(btf, nft_members, COUNT(nft_members), out);
	for (size_t i = 0; i < COUNT(nft_bits); i++)
		layout_bit_field(btf, nft_bits[i].strct, nft_bits[i].member,
				 out);
}

int rule_layout_is_old(struct btf_set *btfs)
{
	const struct btf *vmlinux = btfs_vmlinux(btfs);

	return vmlinux && !btfs_module_count(btfs) &&
	       btf_member_offset(vmlinux, "net", "nft.gencursor") >= 0 &&
	       btf_find(vmlinux, "rhltable", KIND_STRUCT);
}

/*
 * include/net/netfilter/nf_tables.h of 5.10, on 64 bits. In struct nft_table the
 * table of chains stands first, in the size that this kernel gives it.
 */
static void put_old(const struct btf *vmlinux, FILE *out)
{
	int chains = 16 + btf_size(vmlinux, btf_find(vmlinux, "rhltable",
						     KIND_STRUCT));

	fputs("#define NFT_RULE_ARRAYS 1\n"
	      "#define OFF_NFT_PKTINFO_SKB 0\n"
	      "#define OFF_NFT_PKTINFO_STATE 32\n"
	      "#define OFF_NFT_BASE_CHAIN_CHAIN 16\n"
	      "#define OFF_NFT_BASE_CHAIN_POLICY 0\n"
	      "#define OFF_NFT_CHAIN_RULES_GEN_0 0\n"
	      "#define OFF_NFT_CHAIN_LIST 32\n"
	      "#define OFF_NFT_CHAIN_TABLE 64\n"
	      "#define OFF_NFT_CHAIN_NAME 88\n"
	      "#define OFF_NFT_RULE_BITS 16\n"
	      "#define BIT_NFT_RULE_DLEN 44\n"
	      "#define OFF_NFT_RULE_DATA 24\n"
	      "#define OFF_NFT_EXPR_DATA 8\n"
	      "#define OFF_NFT_IMMEDIATE_EXPR_DREG 16\n",
	      out);
	fprintf(out, "#define OFF_NFT_TABLE_CHAINS %d\n", chains);
	fprintf(out, "#define BIT_NFT_TABLE_FAMILY %d\n", 8 * (chains + 84));
	fputs("#define WIDTH_NFT_TABLE_FAMILY 6\n", out);
	fprintf(out, "#define OFF_NFT_TABLE_NAME %d\n", chains + 88);
	put_members(vmlinux, old_members, COUNT(old_members), out);
}

int rule_layout_write(struct btf_set *btfs, FILE *out)
{
	const struct btf *nft = btfs_module(btfs, "nf_tables");
	const struct btf *xt = btfs_module(btfs, "x_tables");

	errno = 0;
	fputs("/* Offsets in bytes (OFF) or bits, from the modules' BTF. */\n",
	      out);
	if (nft)
		put_nft(nft, out);
	if (xt)
		put_members(xt, xt_members, COUNT(xt_members), out);
	if (rule_layout_is_old(btfs))
		put_old(btfs_vmlinux(btfs), out);
	if (fflush(out) || ferror(out))
		return errno ? -errno : -EIO;
	return 0;
}
