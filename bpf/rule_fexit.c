// SPDX-License-Identifier: GPL-2.0-only
/* A function of a firewall returns; KP_ARG is its role (rule.h). */
#include "rule_nft.h"
#include "rule_xt.h"

#define RULE_ARG(n)	read_u64((__u64)args, ((n) - 1) * 8)

SEC("fexit/" STRING(KP_NAME))
int probe(__u64 *args)
{
	if (!state.tracked)
		return 0;
#if KP_ARG == ROLE_NFT_CHAIN
	nft_leave(RULE_ARG(1), RULE_ARG(2), RULE_ARG(3));
#elif KP_ARG == ROLE_NFT_EXPR
	nft_expr(RULE_ARG(1), RULE_ARG(2), RULE_ARG(3));
#elif KP_ARG == ROLE_XT
	xt_leave(RULE_ARG(2), RULE_ARG(3), RULE_ARG(1), RULE_ARG(4));
#elif KP_ARG == ROLE_XT_TABLE_LAST
	xt_leave(RULE_ARG(1), RULE_ARG(2), RULE_ARG(3), RULE_ARG(4));
#endif
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
