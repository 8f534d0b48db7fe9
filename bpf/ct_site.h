/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What conntrack does with a packet, where it says so: functions of nf_conntrack that get
 * the packet and are called for one reason, or whose result tells it. KP_ROLE is ROLE_CT_…
 */
#ifndef CT_SITE_H
#define CT_SITE_H

#include <linux/netfilter.h>

#include "rule.h"

/* NULL: @skb is not tracked, or there is no room. */
static always_inline struct ct_event *ct_begin(__u64 skb, enum ct_said said)
{
	struct packet *packet = bpf_map_lookup_elem(&skb_map, &skb);
	struct ct_event *ct;

	if (!packet)
		return 0;
	ct = said_begin(packet, skb, FUNC_CONNTRACK, sizeof(*ct));
	if (ct)
		ct->said = said;
	return ct;
}

/*
 * It calls the packet invalid, and has words for that: a format of printf, with @first
 * behind it. It calls this function also where nothing is logged, which is what the
 * function then looks at. "%s", "%pV": the words are there (struct va_format).
 */
static always_inline void ct_log(__u64 skb, __u64 format, __u64 first)
{
	struct ct_event *ct = ct_begin(skb, CT_SAID_INVALID);

	if (!ct)
		return;
	read_kernel_str(ct->words, sizeof(ct->words), (void *)format);
	if (ct->words[0] == '%' && ct->words[1] == 'p')
		format = read_u64(first, 0);
	else if (ct->words[0] == '%' && ct->words[1] == 's')
		format = first;
	read_kernel_str(ct->words, sizeof(ct->words), (void *)format);
	bpf_ringbuf_submit(ct, 0);
}

static always_inline void ct_tell(__u64 skb, enum ct_said said)
{
	struct ct_event *ct = ct_begin(skb, said);

	if (ct)
		bpf_ringbuf_submit(ct, 0);
}

/* @skb's entry was to be put into the table, or was found to be there already. */
static always_inline void ct_result(__u64 skb, __u32 verdict)
{
	int is_dropped = (verdict & NF_VERDICT_MASK) == NF_DROP;

	if (KP_ROLE == ROLE_CT_CLASH)
		ct_tell(skb, is_dropped ? CT_SAID_CLASH : CT_SAID_RESOLVED);
	else if (is_dropped)
		ct_tell(skb, CT_SAID_UNCONFIRMED);
}

#endif /* CT_SITE_H */
