/* SPDX-License-Identifier: GPL-2.0-only */
/* What probes of rules (rule_xt.h) and of answers (answer.h) note for each CPU. */
#ifndef MAP_RULES_H
#define MAP_RULES_H

#include "bpfpath.h"
#include "helpers.h"

#define XT_RULES	512	/* of a table of iptables: those that are looked at */
#define XT_MATCHES	16	/* room for a packet's last ones, and one more */

/* An entry of a table of iptables. */
struct xt_place {
	__u64 entry;		/* its address; 0: none */
	__u64 head;		/* the entry that heads its chain; 0: a hook's chain */
	__u32 number;		/* in the chain, from 1 */
};

/*
 * Of the table of iptables that a tracked packet walks through on this CPU. What
 * is searched for stands here as well: what the verifier knew of variables would
 * have it follow the loop for each value.
 */
struct xt_seen {
	__u64 skb, info;	/* struct xt_table_info */
	__u64 base, policy;	/* first and last entry of the hook's chain */
	struct xt_place at;
	__u32 count;		/* of entries that have matched … */
	struct xt_place matched[XT_MATCHES];	/* … the last ones */
	__u32 drops, last;	/* how many of them drop; which one is the last */
	__u32 by_policy;	/* the hook's policy has decided */
	struct rule_event rule;	/* what is told of them, one after another */
	__u64 packets[XT_RULES];	/* its rules have counted before */
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct xt_seen);
} xt_seen SEC(".maps");

/* The question that is in hand on this CPU (answer.h). */
struct asked {
	__u64 skb, task;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct asked);
} asked_map SEC(".maps");

#endif /* MAP_RULES_H */
