/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nftables (net/netfilter/nf_tables_core.c): nft_do_chain() has a base chain's
 * rules looked at, and each expression of a rule, called with a place for the
 * verdict, may drop the packet. The rules of a chain lie one behind the other,
 * headed by their length and handle, so the expression's address tells which
 * rule it belongs to. It may be one of a chain that was jumped to: all chains of
 * the table are searched.
 */
#ifndef RULE_NFT_H
#define RULE_NFT_H

#include <linux/netfilter.h>
#include "rule.h"

#ifdef OFF_NFT_CHAIN_TABLE	/* nf_tables is loaded */

#ifdef NFT_RULE_ARRAYS
#define NFT_STEPS	1536	/* rules and chains of a table */
#endif

/* The verifier follows no more than 8192 branches in a row. */
#define MAX_CHAINS	512	/* of a table */
#define MAX_RULES	1024	/* of a chain */

/* A rule that was found. */
struct nft_found {
	__u64 chain;		/* 0: none */
	__u64 handle;
	__u32 number;
};

static always_inline int nft_verdict(__u32 code)
{
	return code & NF_VERDICT_MASK;
}

/* Of a base chain. */
static always_inline int nft_policy(__u64 chain)
{
	return read_u8(chain - OFF_NFT_BASE_CHAIN_CHAIN,
		       OFF_NFT_BASE_CHAIN_POLICY);
}

static always_inline void nft_send(const struct packet *packet, __u64 pkt,
				   enum rule_kind kind,
				   const struct nft_found *found)
{
	__u64 skb = read_u64(pkt, OFF_NFT_PKTINFO_SKB);
	__u64 table = read_u64(found->chain, OFF_NFT_CHAIN_TABLE);
	struct rule_event *rule = rule_begin(packet, skb, kind);

	if (!rule)
		return;
	rule_hook(rule, read_u64(pkt, OFF_NFT_PKTINFO_STATE));
	rule->number = found->number;
	rule->handle = found->handle;
	rule->family = read_u16(table, BIT_NFT_TABLE_FAMILY / 8) >>
			       BIT_NFT_TABLE_FAMILY % 8 &
		       ((1 << WIDTH_NFT_TABLE_FAMILY) - 1);
	read_kernel_str(rule->table, RULE_NAME_LEN,
			(void *)read_u64(table, OFF_NFT_TABLE_NAME));
	read_kernel_str(rule->chain, RULE_NAME_LEN,
			(void *)read_u64(found->chain, OFF_NFT_CHAIN_NAME));
	bpf_ringbuf_submit(rule, 0);
}

static always_inline struct packet *nft_packet(__u64 pkt)
{
	__u64 skb = read_u64(pkt, OFF_NFT_PKTINFO_SKB);

	return bpf_map_lookup_elem(&skb_map, &skb);
}

/* The packet comes to that base chain. */
static always_inline struct packet *nft_note(__u64 pkt, __u64 chain)
{
	struct packet *packet = nft_packet(pkt);

	if (packet)
		packet->chain = chain;
	return packet;
}

/* nft_do_chain() begins with that base chain. */
static always_inline void nft_enter(__u64 pkt, __u64 chain)
{
	const struct nft_found found = { .chain = chain };
	struct packet *packet = nft_note(pkt, chain);

	if (packet && nft_policy(chain) == NF_DROP)
		nft_send(packet, pkt, RULE_POLICY, &found);
}

/* nft_do_chain() is over: a policy that was told of has not decided. */
static always_inline void nft_leave(__u64 pkt, __u64 chain, __u32 verdict)
{
	const struct nft_found found = { .chain = chain };
	struct packet *packet = nft_packet(pkt);

	if (packet && nft_verdict(verdict) == NF_ACCEPT &&
	    nft_policy(chain) == NF_DROP)
		nft_send(packet, pkt, RULE_ACCEPT, &found);
}

#ifdef NFT_RULE_ARRAYS

/*
 * Before 5.17 a chain has an array of pointers to its rules for each of two
 * generations; an expression lies in its rule.
 */
static always_inline __u64 nft_rules_of(__u64 chain, __u64 generation)
{
	return read_u64(chain, OFF_NFT_CHAIN_RULES_GEN_0 + 8 * generation);
}

static always_inline __u64 nft_generation(__u64 pkt)
{
	__u64 nf_state = read_u64(pkt, OFF_NFT_PKTINFO_STATE);

	return read_u8(read_u64(nf_state, OFF_NF_HOOK_STATE_NET),
		       OFF_NET_NFT_GENCURSOR) & 1;
}

/* One loop for all chains and their rules: the verifier likes no other in it. */
static always_inline void nft_find(struct nft_found *found, __u64 table,
				   __u64 expr, __u64 pkt)
{
	__u64 head = table + OFF_NFT_TABLE_CHAINS, at = read_u64(head, 0);
	__u64 generation = nft_generation(pkt), rule, bits;
	__u64 rules = nft_rules_of(at - OFF_NFT_CHAIN_LIST, generation);
	__u64 first = rules;

#pragma clang loop unroll(disable)
	for (int i = 0; i < NFT_STEPS && at != head; i++) {
		rule = read_u64(rules, 0);
		rules += 8;
		if (!rule) {
			at = read_u64(at, 0);
			rules = nft_rules_of(at - OFF_NFT_CHAIN_LIST,
					     generation);
			first = rules;
			continue;
		}
		bits = read_u64(rule, OFF_NFT_RULE_BITS);
		if (expr - (rule + OFF_NFT_RULE_DATA) <
		    (bits >> BIT_NFT_RULE_DLEN & 0xfff)) {
			found->chain = at - OFF_NFT_CHAIN_LIST;
			found->handle = bits & ((1ULL << 42) - 1);
			found->number = (rules - first) / 8;
			return;
		}
	}
}

#else

/* Does @expr lie in that blob? Then where its rules begin, else 0. */
static always_inline __u64 nft_blob_rules(__u64 blob, __u64 expr)
{
	__u64 rules = blob + OFF_NFT_RULE_BLOB_DATA;
	__u64 size = read_u64(blob, OFF_NFT_RULE_BLOB_SIZE);

	return expr - rules < size ? rules : 0;
}

/* A chain has one blob of rules for each of two generations. */
static always_inline __u64 nft_chain_rules(__u64 chain, __u64 expr)
{
	__u64 rules = nft_blob_rules(read_u64(chain, OFF_NFT_CHAIN_BLOB_GEN_0),
				     expr);

	if (rules)
		return rules;
	return nft_blob_rules(read_u64(chain, OFF_NFT_CHAIN_BLOB_GEN_1), expr);
}

/* Which of the rules that begin at @at has @expr. */
static always_inline void nft_find_rule(struct nft_found *found, __u64 at,
					__u64 expr)
{
#pragma clang loop unroll(disable)
	for (__u32 i = 1; i <= MAX_RULES; i++) {
		__u64 header = read_u64(at, 0);

		at += OFF_NFT_RULE_DP_DATA +
		      (header >> BIT_NFT_RULE_DP_DLEN &
		       ((1 << WIDTH_NFT_RULE_DP_DLEN) - 1));
		if (header >> BIT_NFT_RULE_DP_IS_LAST & 1)
			return;
		if (expr < at) {
			found->number = i;
			found->handle =
				header >> BIT_NFT_RULE_DP_HANDLE &
				((1ULL << WIDTH_NFT_RULE_DP_HANDLE) - 1);
			return;
		}
	}
}

/* The chain of that table, and in it the rule, that has @expr. */
static always_inline void nft_find(struct nft_found *found, __u64 table,
				   __u64 expr, __u64 pkt)
{
	__u64 head = table + OFF_NFT_TABLE_CHAINS, at = read_u64(head, 0);
	__u64 rules = 0;

	(void)pkt;
#pragma clang loop unroll(disable)
	for (int i = 0; i < MAX_CHAINS && at != head; i++) {
		rules = nft_chain_rules(at - OFF_NFT_CHAIN_LIST, expr);
		if (rules)
			break;
		at = read_u64(at, 0);
	}
	if (!rules)
		return;
	found->chain = at - OFF_NFT_CHAIN_LIST;
	nft_find_rule(found, rules, expr);
}

#endif

/* An expression has dropped the packet, or is going to. */
static always_inline void nft_drop(__u64 expr, __u64 pkt)
{
	struct packet *packet = nft_packet(pkt);
	struct nft_found found = {};

	if (!packet || !packet->chain)
		return;
	nft_find(&found, read_u64(packet->chain, OFF_NFT_CHAIN_TABLE), expr,
		 pkt);
	if (found.chain)
		nft_send(packet, pkt, RULE_DROP, &found);
}

#ifdef NFT_RULE_ARRAYS

/* An "immediate" begins: register 0 is the verdict, which is in its data. */
static always_inline void nft_immediate(__u64 expr, __u64 pkt)
{
	if (!read_u8(expr, OFF_NFT_EXPR_DATA + OFF_NFT_IMMEDIATE_EXPR_DREG) &&
	    nft_verdict(read_u32(expr, OFF_NFT_EXPR_DATA)) == NF_DROP)
		nft_drop(expr, pkt);
}

#endif

/* An expression is over; a struct nft_regs begins with the verdict's code. */
static always_inline void nft_expr(__u64 expr, __u64 regs, __u64 pkt)
{
	if (nft_verdict(read_u32(regs, 0)) == NF_DROP)
		nft_drop(expr, pkt);
}

#endif

#endif /* RULE_NFT_H */
