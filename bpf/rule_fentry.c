// SPDX-License-Identifier: GPL-2.0-only
/* A function of a firewall begins; KP_ARG is its role (rule.h). */
#include "rule_nft.h"
#include "rule_xt.h"

#define RULE_ARG(n)	read_u64((__u64)args, ((n) - 1) * 8)

SEC("fentry/" STRING(KP_NAME))
int probe(__u64 *args)
{
	if (!state.tracked)
		return 0;
#if KP_ARG == ROLE_NFT_CHAIN
	nft_enter(RULE_ARG(1), RULE_ARG(2));
#elif KP_ARG == ROLE_XT
	xt_enter(RULE_ARG(2), RULE_ARG(1));
#elif KP_ARG == ROLE_XT_TABLE_LAST
	xt_enter(RULE_ARG(1), RULE_ARG(3));
#endif
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
