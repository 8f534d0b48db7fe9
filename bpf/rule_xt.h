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

/* struct xt_error_target, with which the head of a user chain ends; and in a struct ipt_ip
 * the flags. */
#define XT_HEAD			(XT_ELEMS + 64)
#define XT_FLAGS		(KP_IS_IP6 ? 131 : 82)
#define XT_GOTO			2	/* IPT_F_GOTO, IP6T_F_GOTO */

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

/* 1 if @value is not 0, else 0, without a branch: the verifier would walk on for each. */
static always_inline __u64 xt_is_set(__u64 value)
{
	value |= -value;
	asm volatile("" : "+r"(value));	/* the compiler knows better */
	return value >> 63;
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
	__u64 cpu_offset = xt_cpu_offset(), several = -xt_is_set(cpu_offset);
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
	__u64 no_base = xt_is_set(entry ^ seen->base);
	__u64 no_head = xt_is_set(xt_target_name(xt_target(entry)) ^ error.word);

	seen->at.entry = entry;
	seen->at.number = ((seen->at.number & -no_base) + 1) & -no_head;
	seen->at.head = (seen->at.head & -no_head) | (entry & (no_head - 1));
}

/* Finds the entries that have counted since @seen was noted. */
hidden void xt_find(struct xt_seen *seen)
{
	__u64 entry = seen->info + OFFSET(xt_table_info, entries);
	__u64 end = entry + read_u32(seen->info, OFFSET(xt_table_info, size));
	__u64 cpu_offset = xt_cpu_offset(), several = -xt_is_set(cpu_offset);

#pragma clang loop unroll(disable)
	for (__u32 i = 0; i < XT_RULES && entry < end; i++) {
		xt_look(seen, entry);
		seen->matched[seen->count % XT_MATCHES] = seen->at;
		seen->count += xt_is_set(seen->packets[i] ^
					 xt_count(entry, cpu_offset, several));
		entry += xt_next(entry);
	}
}

/* Has number @i of seen->matched matched? The one after the last match may not have. */
static always_inline int xt_is_match(const struct xt_seen *seen, __u32 i)
{
	if (seen->count < XT_MATCHES)
		return i < seen->count;
	return i != seen->count % XT_MATCHES;
}

/*
 * The entry among these that drops; 0: not known. There are several when other packets
 * were on this CPU meanwhile, and none when the walk began on another CPU.
 */
static always_inline struct xt_place *xt_found(struct xt_seen *seen)
{
	seen->drops = 0;
#pragma clang loop unroll(disable)
	for (__u32 i = 0; i < XT_MATCHES; i++)
		if (xt_is_match(seen, i) && xt_drops(seen->matched[i].entry)) {
			seen->last = i;
			seen->drops++;
		}
	return seen->drops == 1 ? &seen->matched[seen->last % XT_MATCHES] : 0;
}

/* The name of the user chain that @head begins. */
static always_inline void xt_chain_name(char *name, __u64 head)
{
	read_kernel_str(name, RULE_NAME_LEN, (void *)(xt_target(head) + XT_TARGET_DATA));
}

/* Where the walk over a table was. */
struct xt_walk {
	struct packet *packet;
	__u64 skb, nf_state, table;
};

/*
 * Begins what is told of this walk. It is made once, in memory, since the verifier would
 * walk all that describes a packet for each rule.
 */
static always_inline void xt_begin(struct rule_event *rule, const struct xt_walk *walk)
{
	__builtin_memset(rule, 0, sizeof(*rule));
	said_init(&rule->event, walk->packet, walk->skb, FUNC_RULE);
	rule->tables = 1;
	rule_hook(rule, walk->nf_state);
	rule->family = XT_FAMILY;
	read_kernel_str(rule->table, RULE_NAME_LEN,
			(void *)(walk->table + OFFSET(xt_table, name)));
}

/* Notes of which rule it is told; 0: it is not known, or none but the policy of the hook. */
static always_inline void xt_put_place(struct rule_event *rule, const struct xt_place *found)
{
	rule->number = 0;
	rule->chain[0] = rule->comment[0] = rule->target[0] = 0;
	if (!found)
		return;
	rule->number = found->number;
	comment_xt(rule, found->entry + XT_ELEMS, xt_target(found->entry));
	forget_registers();
	if (found->head)
		xt_chain_name(rule->chain, found->head);
}

/* What is told at one time stands in that order. */
static always_inline void xt_send(struct rule_event *rule)
{
	if (bpf_ringbuf_output(&events, rule, sizeof(*rule), 0))
		count_lost(rule->event.packet);
	rule->event.ns++;
}

/* What a standard target does whose verdict @code is negative, enum rule_kind. */
static always_inline int xt_verdict_kind(int code)
{
	switch (-code - 1) {
	case NF_ACCEPT:
		return RULE_ACCEPT;
	case NF_QUEUE:
		return RULE_QUEUE;
	case NF_REPEAT:	/* XT_RETURN */
		return RULE_RETURN;
	}
	return RULE_STOLEN;
}

/* A standard target: what it does is a number, negative or where the packet goes on. */
static always_inline void xt_put_code(struct rule_event *rule, struct xt_seen *seen,
				      __u64 entry, int code)
{
	__u64 to = seen->info + OFFSET(xt_table_info, entries) + code;

	if (code < 0) {
		rule->kind = xt_verdict_kind(code);
	} else if (to == entry + xt_next(entry)) {
		rule->kind = RULE_CONTINUE;
	} else {
		rule->kind = read_u8(entry, XT_FLAGS) & XT_GOTO ? RULE_GOTO : RULE_JUMP;
		xt_chain_name(rule->target, to - XT_HEAD);
	}
}

/* Tells of a rule that has matched, and has not dropped the packet. */
static always_inline void xt_tell(struct xt_seen *seen, const struct xt_place *found)
{
	__u64 target = xt_target(found->entry), called = read_u64(target, XT_TARGET_POINTER);
	struct rule_event *rule = &seen->rule;

	xt_put_place(rule, found);
	if (!read_u64(called, OFFSET(xt_target, target))) {
		xt_put_code(rule, seen, found->entry, read_u32(target, XT_TARGET_DATA));
	} else {
		rule->kind = RULE_TARGET;
		read_kernel_str(rule->target, RULE_NAME_LEN,
				(void *)(called + OFFSET(xt_target, name)));
	}
	xt_send(rule);
}

/* Tells of it if it is a rule that has not dropped the packet. */
static always_inline void xt_tell_match(struct xt_seen *seen, const struct xt_place *found)
{
	if (found->entry == seen->policy)
		seen->by_policy = 1;
	else if (!xt_drops(found->entry))
		xt_tell(seen, found);
}

/*
 * Tells of the entries that have matched, in the order of the table, but for those that
 * drop, and the policy.
 */
hidden void xt_tell_matches(struct xt_seen *seen)
{
#pragma clang loop unroll(disable)
	for (__u32 i = 0; i < XT_MATCHES; i++) {
		__u32 at = (seen->count + i) % XT_MATCHES;
		const struct xt_place *found = &seen->matched[at];

		if (xt_is_match(seen, at))
			xt_tell_match(seen, found);
		forget_registers();
	}
}

static always_inline int xt_is_drop(__u32 verdict)
{
	return (verdict & NF_VERDICT_MASK) == NF_DROP;
}

/* Tells of the entry that dropped the packet; 0: it is not known. */
static always_inline void xt_tell_drop(struct xt_seen *seen, const struct xt_place *found)
{
	int is_policy = found && found->entry == seen->policy;

	xt_put_place(&seen->rule, is_policy ? 0 : found);
	seen->rule.kind = is_policy ? RULE_POLICY : RULE_DROP;
	xt_send(&seen->rule);
}

static always_inline void xt_tell_policy(struct xt_seen *seen)
{
	xt_put_place(&seen->rule, 0);
	seen->rule.kind = RULE_POLICY_ACCEPT;
	xt_send(&seen->rule);
}

/* Finds what has matched, and tells of it as far as that is asked for. */
static always_inline void xt_told(const struct xt_walk *walk, struct xt_seen *seen,
				  __u32 verdict)
{
	__u64 info = read_u64(walk->table, OFFSET(xt_table, private));
	const struct xt_place *found = 0;

	xt_begin(&seen->rule, walk);
	seen->by_policy = 0;
	forget_registers();
	if (seen->skb == walk->skb && seen->info == info) {
		xt_search(seen, walk->nf_state);
		xt_find(seen);
		forget_registers();
		if (VALUE(with_rules))
			xt_tell_matches(seen);
		found = xt_found(seen);
	}
	if (xt_is_drop(verdict))
		xt_tell_drop(seen, found);
	else if (VALUE(with_rules) && seen->by_policy)
		xt_tell_policy(seen);
}

/* ipt_do_table() is over. */
static always_inline void xt_leave(__u64 skb, __u64 nf_state, __u64 table,
				   __u32 verdict)
{
	const struct xt_walk walk = {
		bpf_map_lookup_elem(&skb_map, &skb), skb, nf_state, table
	};
	struct xt_seen *seen = xt_seen_here();

	if (!VALUE(with_rules) && !xt_is_drop(verdict))
		return;
	if (walk.packet && seen)
		xt_told(&walk, seen, verdict);
}

#endif /* RULE_XT_H */
