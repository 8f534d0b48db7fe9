/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nftables (net/netfilter/nf_tables_core.c): nft_do_chain() walks the rules of a base
 * chain. Each expression of a rule is called with a place for the verdict and may drop
 * the packet. The rules of a chain lie one behind the other, each headed by its length
 * and handle, so an expression's address tells which rule it belongs to. That rule may
 * be in a chain that was jumped to: all chains of the table are searched.
 */
#ifndef RULE_NFT_H
#define RULE_NFT_H

#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>

#include "bpfpath.h"
#include "constants.h"
#include "helpers.h"
#include "maps.h"
#include "read.h"
#include "rule.h"
#include "rule_comment.h"

/* The verifier follows no more than 8192 branches in a row. */
#define NFT_STEPS	1536	/* rules and chains of a table, before 5.17 */
#define MAX_CHAINS	512	/* of a table */
#define MAX_RULES	1024	/* of a chain */

/* A rule that was found. */
struct nft_found {
	__u64 chain;		/* 0: none */
	__u64 rule;		/* struct nft_rule; 0: not known */
	__u64 handle;
	__u32 number;
	__u64 target;		/* the chain where a jump goes */
};

#define NFT_VERDICT_CHAIN	8	/* in a struct nft_verdict, behind the code */
#define NFT_CHAIN_T_NAT		2	/* enum nft_chain_types */

/* The verdict, NF_…, in such a code. */
static always_inline int nft_verdict(__u32 code)
{
	return code & NF_VERDICT_MASK;
}

/* What a rule with such a verdict does, enum rule_kind. */
static always_inline int nft_kind(__u32 code)
{
	switch ((int)code) {
	case NFT_JUMP:
		return RULE_JUMP;
	case NFT_GOTO:
		return RULE_GOTO;
	case NFT_RETURN:
		return RULE_RETURN;
	}
	switch (nft_verdict(code)) {
	case NF_DROP:
		return RULE_DROP;
	case NF_ACCEPT:
		return RULE_ACCEPT;
	case NF_QUEUE:
		return RULE_QUEUE;
	}
	return RULE_STOLEN;
}

/* The policy of a base chain, NF_…. */
static always_inline int nft_policy(__u64 chain)
{
	return read_u8(chain - OFFSET(nft_base_chain, chain),
		       OFFSET(nft_base_chain, policy));
}

static always_inline void nft_send(const struct packet *packet, __u64 pkt, int kind,
				   const struct nft_found *found)
{
	__u64 skb = read_u64(pkt, OFFSET(nft_pktinfo, skb));
	__u64 table = read_u64(found->chain, OFFSET(nft_chain, table));
	struct rule_event *rule = rule_begin(packet, skb, kind);

	if (!rule)
		return;
	rule_hook(rule, read_u64(pkt, OFFSET(nft_pktinfo, state)));
	rule->number = found->number;
	rule->handle = found->handle;
	rule->family = READ_BITS(table, nft_table, family);
	read_kernel_str(rule->table, RULE_NAME_LEN,
			(void *)read_u64(table, OFFSET(nft_table, name)));
	read_kernel_str(rule->chain, RULE_NAME_LEN,
			(void *)read_u64(found->chain,
					 OFFSET(nft_chain, name)));
	if (kind == RULE_JUMP || kind == RULE_GOTO)
		read_kernel_str(rule->target, RULE_NAME_LEN,
				(void *)read_u64(found->target, OFFSET(nft_chain, name)));
	if (found->rule)
		comment_nft(rule, found->rule);
	bpf_ringbuf_submit(rule, 0);
}

static always_inline struct packet *nft_packet(__u64 pkt)
{
	__u64 skb = read_u64(pkt, OFFSET(nft_pktinfo, skb));

	return bpf_map_lookup_elem(&skb_map, &skb);
}

/* Notes that the packet comes to that base chain. NULL: it is not tracked. */
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

/* Do all rules that accept tell it? In chains that translate addresses other expressions do. */
static always_inline int nft_rules_tell(__u64 chain)
{
	__u64 type = read_u64(chain - OFFSET(nft_base_chain, chain),
			      OFFSET(nft_base_chain, type));

	return OFFSET(nft_base_chain, type) &&
	       read_u32(type, OFFSET(nft_chain_type, type)) != NFT_CHAIN_T_NAT;
}

/*
 * nft_do_chain() is over, and the packet accepted: if a policy to drop was reported, it has
 * not decided. A rule that has accepted it took the chain out of @packet.
 */
static always_inline void nft_accepted(struct packet *packet, __u64 pkt, __u64 chain)
{
	const struct nft_found found = { .chain = chain };

	if (nft_policy(chain) == NF_DROP)
		nft_send(packet, pkt, RULE_ACCEPT, &found);
	else if (VALUE(with_rules))
		nft_send(packet, pkt,
			 nft_rules_tell(chain) ? RULE_POLICY_ACCEPT : RULE_ACCEPT, &found);
}

static always_inline void nft_leave(__u64 pkt, __u64 chain, __u32 verdict)
{
	struct packet *packet = nft_packet(pkt);

	if (packet && nft_verdict(verdict) == NF_ACCEPT && packet->chain)
		nft_accepted(packet, pkt, chain);
}

/*
 * Before 5.17 a chain has an array of pointers to its rules for each of two
 * generations; an expression lies in its rule.
 */
static always_inline __u64 nft_rules_of(__u64 chain, __u64 generation)
{
	return read_u64(chain, OFFSET(nft_chain, rules_gen_0) + 8 * generation);
}

static always_inline __u64 nft_generation(__u64 pkt)
{
	__u64 nf_state = read_u64(pkt, OFFSET(nft_pktinfo, state));

	return read_u8(read_u64(nf_state, OFFSET(nf_hook_state, net)),
		       OFFSET(net, nft__gencursor)) & 1;
}

/* One loop for all chains and their rules: the verifier takes no loop within it. */
static always_inline void nft_find_in_arrays(struct nft_found *found,
					     __u64 table, __u64 expr, __u64 pkt)
{
	__u64 head = table + OFFSET(nft_table, chains), at = read_u64(head, 0);
	__u64 generation = nft_generation(pkt), rule;
	__u64 rules = nft_rules_of(at - OFFSET(nft_chain, list), generation);
	__u64 first = rules;

#pragma clang loop unroll(disable)
	for (int i = 0; i < NFT_STEPS && at != head; i++) {
		rule = read_u64(rules, 0);
		rules += 8;
		if (!rule) {
			at = read_u64(at, 0);
			rules = nft_rules_of(at - OFFSET(nft_chain, list),
					     generation);
			first = rules;
			continue;
		}
		if (expr - (rule + OFFSET(nft_rule, data)) <
		    READ_BITS(rule, nft_rule, dlen)) {
			found->chain = at - OFFSET(nft_chain, list);
			found->rule = rule;
			found->handle = READ_BITS(rule, nft_rule, handle);
			found->number = (rules - first) / 8;
			return;
		}
	}
}

/* Does @expr lie in that blob? Then where its rules begin, else 0. */
static always_inline __u64 nft_blob_rules(__u64 blob, __u64 expr)
{
	__u64 rules = blob + OFFSET(nft_rule_blob, data);
	__u64 size = read_u64(blob, OFFSET(nft_rule_blob, size));

	return expr - rules < size ? rules : 0;
}

/* A chain has one blob of rules for each of two generations. */
static always_inline __u64 nft_chain_rules(__u64 chain, __u64 expr)
{
	__u64 first = read_u64(chain, OFFSET(nft_chain, blob_gen_0));
	__u64 other = read_u64(chain, OFFSET(nft_chain, blob_gen_1));
	__u64 rules = nft_blob_rules(first, expr);

	return rules ? rules : nft_blob_rules(other, expr);
}

/* Which of the rules that begin at @at has @expr. */
static always_inline void nft_find_rule(struct nft_found *found, __u64 at,
					__u64 expr)
{
#pragma clang loop unroll(disable)
	for (__u32 i = 1; i <= MAX_RULES; i++) {
		__u64 header = read_u64(at, 0);

		at += OFFSET(nft_rule_dp, data) +
		      PICK_BITS(header, nft_rule_dp, dlen);
		if (PICK_BITS(header, nft_rule_dp, is_last))
			return;
		if (expr < at) {
			found->number = i;
			found->handle = PICK_BITS(header, nft_rule_dp, handle);
			return;
		}
	}
}

/*
 * Packets meet copies of the expressions. The rule itself, with that handle, is in a
 * list of its chain. 0: it has gone by now.
 */
static always_inline __u64 nft_rule_of(__u64 chain, __u64 handle)
{
	__u64 head = chain + OFFSET(nft_chain, rules), at = read_u64(head, 0);

#pragma clang loop unroll(disable)
	for (int i = 0; i < MAX_RULES && at != head; i++) {
		__u64 rule = at - OFFSET(nft_rule, list);

		if (READ_BITS(rule, nft_rule, handle) == handle)
			return rule;
		at = read_u64(at, 0);
	}
	return 0;
}

/* The chain of that table, and in it the rule, that has @expr. */
static always_inline void nft_find_in_blobs(struct nft_found *found,
					    __u64 table, __u64 expr)
{
	__u64 head = table + OFFSET(nft_table, chains), at = read_u64(head, 0);
	__u64 rules = 0;

#pragma clang loop unroll(disable)
	for (int i = 0; i < MAX_CHAINS && at != head; i++) {
		rules = nft_chain_rules(at - OFFSET(nft_chain, list), expr);
		if (rules)
			break;
		at = read_u64(at, 0);
	}
	if (!rules)
		return;
	found->chain = at - OFFSET(nft_chain, list);
	nft_find_rule(found, rules, expr);
	if (found->handle)
		found->rule = nft_rule_of(found->chain, found->handle);
}

/* Is an expression's verdict told? */
static always_inline int nft_is_told(__u32 code)
{
	if (VALUE(with_rules))
		return code != (__u32)NFT_CONTINUE && code != (__u32)NFT_BREAK;
	return nft_verdict(code) == NF_DROP;
}

/*
 * The rule of an expression decides, or is going to. @verdict: its struct nft_verdict; 0:
 * it is to drop. That is read when the rule is found: what the verifier knew of it would
 * have it follow the loops for each value.
 */
static always_inline void nft_decide(__u64 expr, __u64 pkt, __u64 verdict)
{
	struct packet *packet = nft_packet(pkt);
	struct nft_found found = {};
	int kind = RULE_DROP;
	__u64 table;

	if (!packet || !packet->chain)
		return;
	table = read_u64(packet->chain, OFFSET(nft_chain, table));
	if (OFFSET(nft_rule_blob, data))
		nft_find_in_blobs(&found, table, expr);
	else
		nft_find_in_arrays(&found, table, expr, pkt);
	if (VALUE(with_rules) && verdict) {
		kind = nft_kind(read_u32(verdict, 0));
		found.target = read_u64(verdict, NFT_VERDICT_CHAIN);
	}
	if (found.chain)
		nft_send(packet, pkt, kind, &found);
	if (VALUE(with_rules) && kind == RULE_ACCEPT)
		packet->chain = 0;
}

/* @verdict: a struct nft_verdict. */
static always_inline void nft_judge(__u64 expr, __u64 pkt, __u64 verdict)
{
	if (nft_is_told(read_u32(verdict, 0)))
		nft_decide(expr, pkt, verdict);
}

/* An "immediate" begins: register 0 is the verdict, which is in its data. */
static always_inline void nft_immediate(__u64 expr, __u64 pkt)
{
	__u64 data = expr + OFFSET(nft_expr, data);

	if (!read_u8(data, OFFSET(nft_immediate_expr, dreg)))
		nft_judge(expr, pkt, data);
}

#endif /* RULE_NFT_H */
