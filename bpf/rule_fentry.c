// SPDX-License-Identifier: GPL-2.0-only
/* A function of a firewall, or one that answers, begins; KP_ROLE is its role. */
#include "answer.h"
#include "bpfpath.h"
#include "helpers.h"
#include "maps.h"
#include "read.h"
#include "rule_nft.h"
#include "rule_xt.h"
#include "target.h"

SEC("fentry/" STRING(KP_NAME))
int probe(__u64 *args)
{
	(void)args;
	if (!state.tracked)
		return 0;
	if (KP_ROLE == ROLE_NFT_CHAIN)
		nft_enter(nth(args, 1), nth(args, 2));
	else if (KP_ROLE == ROLE_XT)
		xt_enter(nth(args, 2), nth(args, 1));
	else if (KP_ROLE == ROLE_XT_TABLE_LAST)
		xt_enter(nth(args, 1), nth(args, 3));
	else if (KP_ROLE == ROLE_QUESTION)
		answer_ask(nth(args, 1));
	else if (KP_ROLE == ROLE_QUESTION_THIRD)
		answer_ask(nth(args, 3));
	else if (KP_ROLE == ROLE_WITNESS)
		answer_witness();
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
