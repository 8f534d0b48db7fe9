/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which packets are wanted: those that match the filters, which the loader puts in
 * (packet.h), and the constants (constants.def).
 *
 * With FILTER_OUTPUT the packet is the sk_buff of an output probe (filter_output.h), with
 * FILTER_RECEIVE one that a device has received (filter_receive.h), with FILTER_XDP one that
 * an XDP program is given (filter_xdp.h), otherwise a classifier's context (filter_skb.h).
 */
#ifndef FILTER_H
#define FILTER_H

#include "constants.h"
#include "fields.h"
#if defined(FILTER_OUTPUT)
#include "filter_output.h"
#elif defined(FILTER_RECEIVE)
#include "filter_receive.h"
#elif defined(FILTER_XDP)
#include "filter_xdp.h"
#else
#include "filter_skb.h"
#endif
#include "helpers.h"
#include "packet.h"
#include "tunnel.h"

int filter_ether(const struct filter_packet *packet);
int filter_l3(const struct filter_packet *packet);

static always_inline int is_wanted_mark(__u32 mark)
{
	return (mark & VALUE(want_mask)) == VALUE(want_mark);
}

/* By the members of the sk_buff that --skb names. */
static always_inline int is_wanted_skb(__u64 skb)
{
	return !VALUE(want_skb) || skb_matches(skb, is_kept(skb));
}

/* Does the packet match, whatever may be inside? @is_l3: it begins with an IP header. */
static always_inline int matches_outer(const struct filter_packet *packet, int is_l3)
{
	return is_l3 ? filter_l3(packet) : filter_ether(packet);
}

/* … and what is inside, if that is asked for? @packet may become another one. */
static always_inline int matches(struct filter_packet *packet, int is_l3)
{
	if (!matches_outer(packet, is_l3))
		return 0;
	return !VALUE(want_inner) || matches_inner(packet, is_l3);
}

#endif /* FILTER_H */
