/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every probe does, whatever it is attached to: is this one of our
 * packets? Then say where it is; and where it ends, forget it.
 *
 * Compiled once per function, or once for all functions of the same form, with
 * these; kprobe.multi has them in the cookie instead (bpfpath.h).
 *	KP_NUM		its number (line of kp_funcs.list); of one of many not given
 *	KP_NAME		its name
 *	KP_FIN		enum fin: what reaching it means for the packet
 *	KP_ARG		1..8: which argument is the packet
 *	KP_DEREF	1: the argument is a struct sk_buff **
 *	KP_REASON	0..8: which argument is the enum skb_drop_reason
 *	KP_LOCATION	0..8: tracepoints: which argument is the caller's address
 *	KP_SEED		given: it also selects packets (seed.h)
 *	KP_RANK		which of the seeds on a packet's way it is, from 1
 *	KP_PARENT	given: it makes a packet, KP_ARG, of this one (birth.h)
 */
#ifndef STEP_H
#define STEP_H

#include "report.h"
#include "where.h"

#ifndef KP_NUM
/*
 * The loader puts the number where the program has this symbol's address, and a
 * seed's rank in the upper half.
 */
extern const void kp_num __attribute__((section(".ksyms"), weak));
#define KP_NUM	((__u32)(__u64)&kp_num)
#define KP_RANK	((__u32)((__u64)&kp_num >> 32))
#endif

#ifdef KP_SEED
#include "seed.h"
#else
#define selecting()		0
#define seed(skb, stack, rank)
#endif

/* The number of this step of the packet; see bpfpath.h. */
static always_inline __u32 next_seq(struct packet *packet)
{
#ifdef HAVE_ATOMIC_FETCH
	return __sync_fetch_and_add(&packet->seq, 1);
#else
	__u32 seq = packet->seq;

	__sync_fetch_and_add(&packet->seq, 1);
	return seq;
#endif
}

/* @family: where the packet ends, else 0. */
static always_inline void report_step(struct packet *packet,
				      const struct family *family, __u32 num,
				      __u64 skb, __u64 location, __u32 reason)
{
	__u32 seq = next_seq(packet), number = packet->number;
	struct event *event = event_begin(number, num);

	if (!event)
		return;
	event->location = location;
	event->kin = packet->kin;
	event->seq = seq;
	event->reason = reason;
	if (family) {
		event->kins = family->kins;
		event->lost = family->lost;
	}
	describe(event, skb, device_of(skb));
	event_end(event, number, STRING(KP_NAME));
}

/* The last one of a family takes it away: of several, each may try. */
static always_inline void leave_family(volatile struct family *family,
				       __u32 number)
{
	__sync_fetch_and_add(&family->live, -1);
	if (!family->live && !family->lost)
		bpf_map_delete_elem(&family_map, &number);
}

static always_inline void forget(__u64 skb, struct family *family, __u32 number)
{
	if (bpf_map_delete_elem(&skb_map, &skb))
		return;
	__sync_fetch_and_add(&state.tracked, -1);
	if (family)
		leave_family(family, number);
}

/* The first look of every probe: most of the time there is nothing to do. */
static always_inline int nothing_to_do(void)
{
	return !state.tracked && !selecting();
}

static always_inline void step(__u32 num, int fin, __u64 skb, __u64 location,
			       __u32 reason)
{
	struct family *family = 0;
	struct packet *packet;
	__u32 number;

	packet = bpf_map_lookup_elem(&skb_map, &skb);
	if (!packet)
		return;
	number = packet->number;
	if (fin != FIN_NO)
		family = bpf_map_lookup_elem(&family_map, &number);
	report_step(packet, family, num, skb, location, reason);
	if (fin != FIN_NO)
		forget(skb, family, number);
}

#endif /* STEP_H */
