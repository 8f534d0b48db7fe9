// SPDX-License-Identifier: GPL-2.0-only
/*
 * A function of nftables begins, on a kernel whose modules have no BTF: nothing is
 * known of how it will return; or one of conntrack that no trampoline can be on.
 * KP_ROLE is its role (rule.h).
 */
#include "bpfpath.h"
#include "ct_site.h"
#include "helpers.h"
#include "maps.h"
#include "regs.h"
#include "rule_nft.h"
#include "target.h"

SEC("kprobe/" STRING(KP_NAME))
int probe(struct pt_regs *regs)
{
	if (!state.tracked)
		return 0;
	if (KP_ROLE == ROLE_NFT_CHAIN)
		nft_note(ARG(regs, 1), ARG(regs, 2));
	else if (KP_ROLE == ROLE_NFT_IMMEDIATE)
		nft_immediate(ARG(regs, 1), ARG(regs, 3));
	else if (KP_ROLE == ROLE_NFT_REJECT)
		nft_decide(ARG(regs, 1), ARG(regs, 3), 0);
	else if (KP_ROLE == ROLE_CT_LOG)
		ct_log(reg(regs, KP_ARG), reg(regs, KP_PARENT),
		       reg(regs, KP_PARENT + 1));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
