/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The packets that an XDP program is given, for filters: a struct xdp_buff (net/xdp.h). There
 * is no sk_buff: in its place stands the struct net_device. What lies in fragments behind
 * data_end is not seen, and does not count.
 */
#ifndef FILTER_XDP_H
#define FILTER_XDP_H

#define FILTER_DEVICE(packet)	((packet)->skb)

#include "constants.h"
#include "filter_memory.h"
#include "helpers.h"
#include "packet.h"
#include "read.h"

hidden __u32 filter_len(const struct filter_packet *packet)
{
	return packet->len;
}

/* PACKET_HOST: nobody has looked yet for whom it is. */
hidden __u32 filter_type(const struct filter_packet *packet)
{
	(void)packet;
	return 0;
}

/* From @data to @end at @dev; @is_l3: it begins with an IP header. Not 0: it cannot be read. */
static always_inline int find_packet(struct filter_packet *packet, __u64 dev, __u64 data,
				     __u64 end, int is_l3)
{
	packet->skb = dev;
	packet->no_l2 = 0;
	packet->start = data;
	packet->len = end - data;
	packet->reach = packet->len;
	packet->page = 0;
	packet->page_reach = packet->len;
	packet->is_unread = 0;
	return read_head(packet, is_l3 ? 0 : HEAD_PAD);
}

#endif /* FILTER_XDP_H */
