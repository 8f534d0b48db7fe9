/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Firewalls: which rule decides on a packet. The programs that see it are on
 * functions of nf_tables and of ip_tables, which are modules. Only a ring buffer
 * has room for these events.
 */
#ifndef RULE_H
#define RULE_H

#include "bpfpath.h"
#include "constants.h"
#include "device.h"
#include "helpers.h"
#include "read.h"
#include "report.h"
#include "target.h"
#include "where.h"

static long (*const read_kernel_str)(void *to, __u32 size, const void *from) =
	(void *)BPF_FUNC_probe_read_kernel_str;

/* Notes at which hook the packet is; @nf_state is the address of a struct nf_hook_state. */
static always_inline void rule_hook(struct rule_event *rule, __u64 nf_state)
{
	rule->hook = read_u8(nf_state, OFFSET(nf_hook_state, hook));
	rule->pf = read_u8(nf_state, OFFSET(nf_hook_state, pf));
}

/* Begins an event on @packet, which is @skb, that says @what; all of it is 0 but for that. */
static always_inline void said_init(struct event *event, const struct packet *packet,
				    __u64 skb, __u32 what)
{
	event_init(event, KP_NUM | what);
	event->packet = packet->number;
	event->member = packet->member;
	describe(event, skb, device_of(skb));
}

/*
 * The same in the ring, where it has @size bytes with what follows it, all 0. NULL: there
 * is no room.
 */
static always_inline void *said_begin(const struct packet *packet, __u64 skb, __u32 what,
				      __u64 size)
{
	struct event *event = bpf_ringbuf_reserve(&events, size, 0);

	if (!event) {
		count_lost(packet->number);
		return 0;
	}
	__builtin_memset(event, 0, size);
	said_init(event, packet, skb, what);
	return event;
}

static always_inline struct rule_event *
rule_begin(const struct packet *packet, __u64 skb, enum rule_kind kind)
{
	struct rule_event *rule = said_begin(packet, skb, FUNC_RULE, sizeof(*rule));

	if (rule)
		rule->kind = kind;
	return rule;
}

#endif /* RULE_H */
