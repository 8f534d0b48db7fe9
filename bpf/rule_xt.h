/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * iptables (net/ipv4/netfilter/ip_tables.c, net/ipv6/netfilter/ip6_tables.c):
 * ipt_do_table() walks through the entries of a table. It tells nobody which one
 * decides, but each entry that matches counts the packet, on each CPU by itself; and
 * nothing else runs on that CPU during the walk. So this CPU's counters are noted where
 * the walk begins. Where it ends with a drop, the rule is the dropping entry whose
 * counter has changed.
 */
#ifndef RULE_XT_H
#define RULE_XT_H

#include <linux/netfilter.h>

#include "bpfpath.h"
#include "constants.h"
#include "helpers.h"
#include "map_rules.h"
#include "maps.h"
#include "read.h"
#include "rule.h"
#include "rule_comment.h"
#include "target.h"

#define XT_FAMILY	(KP_IS_IP6 ? NFPROTO_IPV6 : NFPROTO_IPV4)
#define XT_MATCH	(KP_IS_IP6 ? 136 : 84)

/*
 * struct ipt_entry (linux/netfilter_ipv4/ip_tables.h) and struct ip6t_entry begin with
 * what is to match, XT_MATCH bytes.
 */
#define XT_TARGET_OFFSET	(XT_MATCH + 4)
#define XT_NEXT_OFFSET		(XT_MATCH + 6)
#define XT_COUNTERS		((XT_MATCH + 12 + 7) / 8 * 8)
#define XT_ELEMS		(XT_COUNTERS + 16)	/* its matches, then the target */

/* struct xt_entry_target: a pointer to the struct xt_target, and what follows. */
#define XT_TARGET_POINTER	8
#define XT_TARGET_DATA		32

/* Words that begin the names of targets, as they lie in memory. */
union xt_name {
	char text[5];
	__u32 word;
};

static always_inline struct xt_seen *xt_seen_here(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&xt_seen, &zero);
}

static always_inline __u64 xt_next(__u64 entry)
{
	return read_u16(entry, XT_NEXT_OFFSET);
}

static always_inline __u64 xt_target(__u64 entry)
{
	return entry + read_u16(entry, XT_TARGET_OFFSET);
}

static always_inline __u32 xt_target_name(__u64 target)
{
	return read_u32(read_u64(target, XT_TARGET_POINTER),
			OFFSET(xt_target, name));
}

/* What to add to an entry's pointer for this CPU's counters; 0: the entry has them. */
static always_inline __u64 xt_cpu_offset(void)
{
	__u64 offsets = state.per_cpu_offset;

	return offsets ? read_u64(offsets, 8 * bpf_get_smp_processor_id()) : 0;
}

/*
 * Packets that matched the entry on this CPU: the number is in the entry or, with
 * several CPUs, where the entry points. @several has all bits or none: a branch
 * here would have the verifier follow twice as many paths through the loops.
 */
static always_inline __u64 xt_count(__u64 entry, __u64 cpu_offset,
				    __u64 several)
{
	__u64 own = entry + XT_COUNTERS;
	__u64 other = read_u64(own, 0) + cpu_offset;

	return read_u64((other & several) | (own & ~several), 0);
}

/* ipt_do_table() begins. */
static always_inline void xt_enter(__u64 skb, __u64 table)
{
	__u64 info = read_u64(table, OFFSET(xt_table, private)), at = 0;
	__u64 entries = info + OFFSET(xt_table_info, entries);
	__u64 size = read_u32(info, OFFSET(xt_table_info, size));
	__u64 cpu_offset = xt_cpu_offset(), several = cpu_offset ? ~0ULL : 0;
	struct xt_seen *seen = xt_seen_here();

	if (!seen || !bpf_map_lookup_elem(&skb_map, &skb))
		return;
	seen->skb = skb;
	seen->info = info;
#pragma clang loop unroll(disable)
	for (__u32 i = 0; i < XT_RULES && at < size; i++) {
		seen->packets[i] = xt_count(entries + at, cpu_offset, several);
		at += xt_next(entries + at);
	}
}

/* Its verdict is to drop, or it is a REJECT. */
static always_inline int xt_drops(__u64 entry)
{
	const union xt_name reject = { "REJE" };
	__u64 target = xt_target(entry);

	if (!read_u64(read_u64(target, XT_TARGET_POINTER),
		      OFFSET(xt_target, target)))
		return read_u32(target, XT_TARGET_DATA) == -NF_DROP - 1U;
	return xt_target_name(target) == reject.word;
}

/* Sets @seen up for a search in the hook of @nf_state. */
static always_inline void xt_search(struct xt_seen *seen, __u64 nf_state)
{
	__u64 hook = 4 * read_u8(nf_state, OFFSET(nf_hook_state, hook));
	__u64 entries = seen->info + OFFSET(xt_table_info, entries);

	seen->base = entries + read_u32(seen->info + hook,
					OFFSET(xt_table_info, hook_entry));
	seen->policy = entries + read_u32(seen->info + hook,
					  OFFSET(xt_table_info, underflow));
	__builtin_memset(&seen->at, 0, sizeof(seen->at));
	seen->count = 0;
}

/* The next entry: it may begin the hook's chain, or head a user chain. */
static always_inline void xt_look(struct xt_seen *seen, __u64 entry)
{
	const union xt_name error = { "ERRO" };

	seen->at.entry = entry;
	seen->at.number++;
	if (entry == seen->base)
		seen->at.number = 1;
	if (xt_target_name(xt_target(entry)) != error.word)
		return;
	seen->at.number = 0;
	seen->at.head = entry;
}

/* Finds the entries that have counted since @seen was noted. */
static always_inline void xt_find(struct xt_seen *seen)
{
	__u64 entry = seen->info + OFFSET(xt_table_info, entries);
	__u64 end = entry + read_u32(seen->info, OFFSET(xt_table_info, size));
	__u64 cpu_offset = xt_cpu_offset(), several = cpu_offset ? ~0ULL : 0;

#pragma clang loop unroll(disable)
	for (__u32 i = 0; i < XT_RULES && entry < end; i++) {
		xt_look(seen, entry);
		if (seen->packets[i] != xt_count(entry, cpu_offset, several))
			seen->matched[seen->count++ % XT_MATCHES] = seen->at;
		entry += xt_next(entry);
	}
}

/*
 * The entry among these that drops; 0: not known. There are several when other packets
 * were on this CPU meanwhile, and none when the walk began on another CPU.
 */
static always_inline struct xt_place *xt_found(struct xt_seen *seen)
{
	__u32 last;

	seen->drops = 0;
#pragma clang loop unroll(disable)
	for (__u32 i = 0; i < XT_MATCHES; i++)
		if (i < seen->count && xt_drops(seen->matched[i].entry)) {
			seen->last = i;
			seen->drops++;
		}
	last = seen->last;
	return seen->drops == 1 && last < XT_MATCHES ? &seen->matched[last] : 0;
}

/* @found: the rule; 0: it is not known. */
static always_inline void xt_send(const struct packet *packet, __u64 skb,
				  __u64 nf_state, __u64 table,
				  const struct xt_place *found, int is_policy)
{
	struct rule_event *rule = rule_begin(packet, skb,
					     is_policy ? RULE_POLICY :
							 RULE_DROP);

	if (!rule)
		return;
	rule->tables = 1;
	rule_hook(rule, nf_state);
	rule->family = XT_FAMILY;
	read_kernel_str(rule->table, RULE_NAME_LEN,
			(void *)(table + OFFSET(xt_table, name)));
	if (found && !is_policy)
		rule->number = found->number;
	if (found && !is_policy)
		comment_xt(rule, found->entry + XT_ELEMS,
			   xt_target(found->entry));
	if (found && found->head && !is_policy)
		read_kernel_str(rule->chain, RULE_NAME_LEN,
				(void *)(xt_target(found->head) +
					 XT_TARGET_DATA));
	bpf_ringbuf_submit(rule, 0);
}

/* ipt_do_table() is over, and the packet dropped. */
static always_inline void xt_drop(__u64 skb, __u64 nf_state, __u64 table)
{
	__u64 info = read_u64(table, OFFSET(xt_table, private));
	struct packet *packet = bpf_map_lookup_elem(&skb_map, &skb);
	struct xt_seen *seen = xt_seen_here();
	const struct xt_place *found = 0;

	if (!packet || !seen)
		return;
	if (seen->skb == skb && seen->info == info) {
		xt_search(seen, nf_state);
		xt_find(seen);
		forget_registers();
		found = xt_found(seen);
	}
	xt_send(packet, skb, nf_state, table, found,
		found && found->entry == seen->policy);
}

static always_inline void xt_leave(__u64 skb, __u64 nf_state, __u64 table,
				   __u32 verdict)
{
	if ((verdict & NF_VERDICT_MASK) == NF_DROP)
		xt_drop(skb, nf_state, table);
}

#endif /* RULE_XT_H */
