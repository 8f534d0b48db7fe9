/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What one probe for all functions does: the cookie of the address that was reached
 * tells the function's number, where its packets are and what reaching it means.
 */
#ifndef MULTI_H
#define MULTI_H

#include "bpfpath.h"
#include "callees.h"
#include "calls.h"
#include "derived.h"
#include "frames.h"
#include "helpers.h"
#include "output_probe.h"
#include "read.h"
#include "regs.h"
#include "step.h"
#include "target.h"

/* The packet in register n. */
static always_inline __u64 packet_in(struct pt_regs *regs, __u64 cookie,
				     __u32 n)
{
	__u64 skb = reg(regs, n);

	return COOKIE_DEREFS(cookie) >> (n - 1) & 1 ? read_u64(skb, 0) : skb;
}

/* An output probe looks at one packet: the first argument that is one. */
static always_inline void multi_output(struct pt_regs *regs, __u64 cookie)
{
	__u32 n = 1;

	while (n < ABI_REGS && !(COOKIE_ARGS(cookie) >> (n - 1) & 1))
		n++;
	select_output(packet_in(regs, cookie, n), regs_stack(regs),
		      COOKIE_STAGE(cookie));
}

static always_inline void multi_step(struct pt_regs *regs, __u64 cookie)
{
	int verdict = COOKIE_VERDICT(cookie);
	__u64 skb, location = 0;
	__u32 reason = reg(regs, COOKIE_REASON(cookie));

	if (verdict == VERDICT_DROPPED)
		location = regs_caller(regs);
#pragma clang loop unroll(disable)
	for (__u32 n = 1; n <= ABI_REGS; n++) {
		if (!(COOKIE_ARGS(cookie) >> (n - 1) & 1))
			continue;
		skb = packet_in(regs, cookie, n);
		callee_note(skb, regs_stack(regs), regs_caller(regs));
		enter(regs_call(regs), COOKIE_NUM(cookie), n, skb);
		step_at(regs, regs_stack(regs), COOKIE_NUM(cookie), verdict, skb, location,
			reason);
	}
}

/* A copy site has the new sk_buff in its first argument, or in its second. */
static always_inline void multi_derived(struct pt_regs *regs, __u64 cookie)
{
	track_derived(COOKIE_NUM(cookie), COOKIE_IS_FRESH(cookie),
		      reg(regs, COOKIE_ARGS(cookie) & 1 ? 1 : 2),
		      reg(regs, COOKIE_PARENT(cookie)), regs_caller(regs));
}

/* Constants (VALUE()) are the same for all functions that the program is attached to. */
static always_inline void look(struct pt_regs *regs, __u64 cookie)
{
	if (KP_FIN == VERDICT_CALLEE) {
		callee_reached(COOKIE_NUM(cookie), regs_stack(regs));
	} else if (KP_PARENT) {
		multi_derived(regs, cookie);
	} else {
		if (KP_STAGE)
			multi_output(regs, cookie);
		multi_step(regs, cookie);
	}
}

#endif /* MULTI_H */
