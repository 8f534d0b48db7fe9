/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Does the kernel answer a question, and if not, why? The functions by which ARP and
 * neighbour discovery answer do not get the question. So each CPU notes the question
 * that its softirq works on. A witness is a function that is called meanwhile for one
 * reason alone (loader/plan/neighbours.c). A question is freed before anything else on
 * that CPU comes to a witness.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include "bpfpath.h"
#include "device.h"
#include "helpers.h"
#include "map_rules.h"
#include "maps.h"
#include "report.h"
#include "target.h"
#include "where.h"

/* A packet comes to the function that may answer it, tracked or not. */
static always_inline void answer_ask(__u64 skb)
{
	__u32 zero = 0;
	struct asked *asked = bpf_map_lookup_elem(&asked_map, &zero);

	if (!asked)
		return;
	asked->skb = skb;
	asked->task = bpf_get_current_task();
}

/* A witness is reached. With PREEMPT_RT that may be for another task. */
static always_inline void answer_witness(void)
{
	__u32 zero = 0;
	struct asked *asked = bpf_map_lookup_elem(&asked_map, &zero);
	struct packet *packet;
	struct event *event;
	__u64 skb;

	if (!asked || asked->task != bpf_get_current_task())
		return;
	skb = asked->skb;
	packet = bpf_map_lookup_elem(&skb_map, &skb);
	if (!packet)
		return;
	event = event_begin(packet->number, FUNC_CALLEE | KP_NUM);
	if (!event)
		return;
	event->member = packet->member;
	describe(event, skb, device_of(skb));
	event_end(event, packet->number);
}

#endif /* ANSWER_H */
