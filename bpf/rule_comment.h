/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The comment that a rule has: nft(8) keeps it with the rule, behind the
 * expressions, as data that the kernel does not look at (struct nft_userdata);
 * iptables has a match "comment" that always matches, also in rules of nftables.
 */
#ifndef RULE_COMMENT_H
#define RULE_COMMENT_H

#include "bpfpath.h"
#include "constants.h"
#include "helpers.h"
#include "read.h"
#include "rule.h"

#define XT_MATCHES_LOOKED_AT	16	/* of a rule */

/* struct xt_entry_match: its size, a pointer to the struct xt_match, its data. */
#define XT_MATCH_POINTER	8
#define XT_MATCH_DATA		32

/* Is it a struct xt_match of that name, which has 7 letters? */
static always_inline int is_comment(__u64 match)
{
	const union {
		char text[8];
		__u64 word;
	} name = { "comment" };

	return read_u64(match, OFFSET(xt_match, name)) == name.word;
}

/* @at: struct xt_comment_info. */
static always_inline void comment_text(struct rule_event *rule, __u64 at)
{
	read_kernel_str(rule->comment, RULE_COMMENT_LEN, (void *)at);
}

/* The comment of a rule of iptables, whose matches lie from @at to @end. */
static always_inline void comment_xt(struct rule_event *rule, __u64 at,
				     __u64 end)
{
#pragma clang loop unroll(disable)
	for (int i = 0; i < XT_MATCHES_LOOKED_AT && at < end; i++) {
		if (is_comment(read_u64(at, XT_MATCH_POINTER))) {
			comment_text(rule, at + XT_MATCH_DATA);
			return;
		}
		at += read_u16(at, 0);
	}
}

#define NFT_EXPRS_LOOKED_AT	64	/* of a rule */

/*
 * Takes the comment from a match "comment" among the expressions from @at to @end
 * (net/netfilter/nft_compat.c), whose data is large and lies elsewhere. 0: there is none.
 */
static always_inline int comment_nft_match(struct rule_event *rule, __u64 at,
					   __u64 end)
{
#pragma clang loop unroll(disable)
	for (int i = 0; i < NFT_EXPRS_LOOKED_AT && at < end; i++) {
		__u64 ops = read_u64(at, 0);

		if (is_comment(read_u64(ops, OFFSET(nft_expr_ops, data)))) {
			comment_text(rule, read_u64(at, OFFSET(nft_expr, data)));
			return 1;
		}
		at += read_u32(ops, OFFSET(nft_expr_ops, size));
	}
	return 0;
}

/* The comment of a struct nft_rule; the loader takes nft(8)'s data apart. */
static always_inline void comment_nft(struct rule_event *rule, __u64 nft_rule)
{
	__u64 at = nft_rule + OFFSET(nft_rule, data);
	__u64 end = at + READ_BITS(nft_rule, nft_rule, dlen);
	__u32 len;

	/* x_tables may not be loaded */
	if (OFFSET(xt_match, name) && comment_nft_match(rule, at, end))
		return;
	if (!READ_BITS(nft_rule, nft_rule, udata))
		return;
	len = read_u8(end, 0) + 1;
	rule->userdata = len;
	read_kernel(rule->comment, len, (void *)(end + 1));
}

#endif /* RULE_COMMENT_H */
