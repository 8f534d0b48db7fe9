// SPDX-License-Identifier: GPL-2.0-only
/* A function of a firewall, of conntrack, or one that answers, returns; KP_ROLE is its role. */
#include "answer.h"
#include "bpfpath.h"
#include "ct_site.h"
#include "helpers.h"
#include "maps.h"
#include "read.h"
#include "rule_nft.h"
#include "rule_xt.h"
#include "target.h"

SEC("fexit/" STRING(KP_NAME))
int probe(__u64 *args)
{
	if (!state.tracked)
		return 0;
	if (KP_ROLE == ROLE_NFT_CHAIN)
		nft_leave(nth(args, 1), nth(args, 2), nth(args, 3));
	else if (KP_ROLE == ROLE_NFT_EXPR)
		/* struct nft_regs begins with the verdict */
		nft_judge(nth(args, 1), nth(args, 3), nth(args, 2));
	else if (KP_ROLE == ROLE_XT)
		xt_leave(nth(args, 2), nth(args, 3), nth(args, 1), nth(args, 4));
	else if (KP_ROLE == ROLE_XT_TABLE_LAST)
		xt_leave(nth(args, 1), nth(args, 2), nth(args, 3), nth(args, 4));
	else if (KP_ROLE == ROLE_WITNESS_NONE && !(__u32)nth(args, 6))
		answer_witness();
	else if (KP_ROLE == ROLE_CT_NEW && !(__u8)nth(args, KP_PARENT))
		ct_tell(nth(args, KP_ARG), CT_SAID_NO_START);
	else if (KP_ROLE == ROLE_CT_CLASH || KP_ROLE == ROLE_CT_CONFIRM)
		ct_result(nth(args, KP_ARG), nth(args, KP_PARENT));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
