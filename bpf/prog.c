// SPDX-License-Identifier: GPL-2.0-only
/*
 * The probe of a BPF program of somebody else, where that returns: a step with the program's
 * verdict. A trampoline is entered from the program's first instructions, so behind the
 * result, which is number KP_RESULT, lie on x86 (arch_prepare_bpf_trampoline() in the
 * kernel's arch/x86/net): the saved frame pointer, where it was called the address in the
 * program, and the one in the kernel's function that has run the program. Linux 7.2 jumps
 * there.
 */
#include "bpfpath.h"
#include "helpers.h"
#include "maps.h"
#include "read.h"
#include "redirect.h"
#include "step.h"
#include "target.h"

#define CALLED_FROM	(KP_RESULT + 2)
#define CALL_END	32	/* bytes from the program's start to behind the call, at most */
#define REDIRECT	7	/* TC_ACT_REDIRECT, BPF_REDIRECT */

/* Where it returns to. */
static always_inline __u64 runner(const __u64 *args)
{
	__u64 from = nth(args, CALLED_FROM);

	if (!KP_ENTRY || from - KP_ENTRY < CALL_END)
		return nth(args, CALLED_FROM + 1);
	return from;
}

/* The kernel redirects to what is noted when the program has returned (skb_do_redirect()). */
static always_inline void note_target(struct event *event)
{
	__u64 info = event->reason == REDIRECT ? redirect_info() : 0;

	event->to_ifindex = info ? read_u32(info, OFFSET(bpf_redirect_info, tgt_index)) : 0;
	event->to_flags = info ? read_u32(info, OFFSET(bpf_redirect_info, flags)) : 0;
}

static always_inline void report_prog(__u64 *args, int stacked, struct packet *packet,
				      __u64 skb)
{
	__u32 number = packet->number;
	struct event *event = begin_step(stacked, packet, KP_NUM, runner(args),
					 nth(args, KP_RESULT));

	if (!event)
		return;
	note_target(event);
	event->at_ingress = READ_BITS(skb, sk_buff, tc_at_ingress);
	describe_step(args, stacked, event, skb, number, (__u64)args);
}

/* The context of such a program is the sk_buff, but for flow dissectors. */
hidden void prog_returns(__u64 *args)
{
	__u64 skb = nth(args, 1);
	struct packet *packet;

	if (KP_TYPE == BPF_PROG_TYPE_FLOW_DISSECTOR)
		skb = read_u64(skb, OFFSET(bpf_flow_dissector, skb));
	packet = bpf_map_lookup_elem(&skb_map, &skb);
	if (!packet)
		return;
	if (VALUE(with_stack) == STACKS_ALL)
		report_prog(args, 1, packet, skb);
	else
		report_prog(args, 0, packet, skb);
}

SEC("fexit/" STRING(KP_NAME))
int probe(__u64 *args)
{
	if (state.tracked)
		prog_returns(args);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
