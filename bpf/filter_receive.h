/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The packets that a device has received, for filters: an sk_buff in the kernel's memory
 * as __netif_receive_skb_core() gets it (net/core/dev.c). eth_type_trans() has set the
 * MAC header and taken it off the data; a device without link-layer header hands over
 * data that begin with the IP header. The network header is not set yet.
 */
#ifndef FILTER_RECEIVE_H
#define FILTER_RECEIVE_H

#include "constants.h"
#include "filter_memory.h"
#include "helpers.h"
#include "packet.h"
#include "part.h"
#include "read.h"
#include "wire.h"

hidden __u32 filter_len(const struct filter_packet *packet)
{
	return packet->len;
}

/* What leaves is looked at here too (unselected.c). */
hidden __u32 filter_type(const struct filter_packet *packet)
{
	return VALUE(egress) ? OUTGOING : READ_BITS(packet->skb, sk_buff, pkt_type);
}

/* Where the link-layer header of a frame begins; 0: there is none. */
static always_inline __u64 frame_start(const __u8 *part)
{
	__u16 mac = part_u16(part, OFFSET(sk_buff, mac_header));
	__u64 start = part_u64(part, OFFSET(sk_buff, head)) + mac;

	return mac == NO_MAC_HEADER || start > part_u64(part, OFFSET(sk_buff, data)) ?
		       0 :
		       start;
}

/* Where a packet without link-layer header begins: one that leaves may have another before. */
static always_inline __u64 ip_start(const __u8 *part)
{
	return VALUE(egress) ? part_u64(part, OFFSET(sk_buff, head)) +
				       part_u16(part, OFFSET(sk_buff, network_header)) :
			       part_u64(part, OFFSET(sk_buff, data));
}

/*
 * @is_l3: the packet is what begins at the network header. Not 0: it cannot be read.
 */
static always_inline int find_packet(struct filter_packet *packet, __u64 skb,
				     const __u8 *part, int is_l3)
{
	__u64 data = part_u64(part, OFFSET(sk_buff, data));

	packet->skb = skb;
	packet->no_l2 = 0;
	packet->start = is_l3 ? ip_start(part) : frame_start(part);
	if (!packet->start)
		return 1;
	packet->len = part_u32(part, OFFSET(sk_buff, len)) + (data - packet->start);
	set_reach(packet, part);
	if (is_l3)
		return read_head(packet, 0);
	return has_tag(part) ? insert_tag(packet, part) :
			       read_head(packet, HEAD_PAD);
}

#endif /* FILTER_RECEIVE_H */
