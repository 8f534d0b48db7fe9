/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The packets of an output probe, for filters: an sk_buff in the kernel's memory, on
 * its way out (include/linux/skbuff.h). The packet begins at the network header; or
 * where the sk_buff's data begin, which must be the link-layer header then.
 *
 * Every packet that is made here pays for this, so the kernel's memory is read
 * in pieces: the part of the sk_buff that has all that is needed, and the first
 * bytes of the packet.
 */
#ifndef FILTER_OUTPUT_H
#define FILTER_OUTPUT_H

#include "constants.h"
#include "device.h"
#include "filter_memory.h"
#include "helpers.h"
#include "load.h"
#include "packet.h"
#include "part.h"
#include "read.h"
#include "wire.h"

/* Bytes of the link-layer header that the device is going to put before it. */
static always_inline __u32 link_len(__u64 skb)
{
	__u64 dev = device_of(skb);
	__u16 type = dev ? read_u16(dev, OFFSET(net_device, type)) : 0;

	return is_ethernet_type(type) ? ETHER_LEN : 0;
}

/* The length as it will be seen at the interface. */
hidden __u32 filter_len(const struct filter_packet *packet)
{
	return packet->len + (packet->no_l2 ? link_len(packet->skb) : 0);
}

hidden __u32 filter_type(const struct filter_packet *packet)
{
	(void)packet;
	return OUTGOING;
}

static always_inline int find_ether(struct filter_packet *packet,
				    const __u8 *part)
{
	packet->no_l2 = 0;
	packet->start = part_u64(part, OFFSET(sk_buff, data));
	packet->len = part_u32(part, OFFSET(sk_buff, len));
	set_reach(packet, part);
	return has_tag(part) ? insert_tag(packet, part) :
			       read_head(packet, HEAD_PAD);
}

/* What iph_set_totlen() writes (include/linux/ip.h), in network byte order. */
static always_inline __u16 length_field(__u32 len)
{
	return to_be16((__u16)(len > 0xffff ? 0 : len));
}

/*
 * The functions that send a packet (__ip_local_out, __ip6_local_out) write its
 * length into the header: a probe at their entry comes before that, so it writes the
 * length itself. The compiler must not make one store of the two, at an address that
 * it computes.
 */
static always_inline void set_length(struct filter_packet *packet)
{
	__u16 *words = (__u16 *)packet->head;
	__u32 version = packet->head[0] >> 4;

	if (version == 4)
		words[1] = length_field(packet->len);
	asm volatile("" ::: "memory");
	if (version == 6)
		words[2] = length_field(packet->len - IP6_LEN);
}

static always_inline int find_l3(struct filter_packet *packet,
				 const __u8 *part)
{
	__u64 data = part_u64(part, OFFSET(sk_buff, data));

	packet->no_l2 = 1;
	packet->start = part_u64(part, OFFSET(sk_buff, head)) +
			part_u16(part, OFFSET(sk_buff, network_header));
	packet->len = data + part_u32(part, OFFSET(sk_buff, len)) -
		      packet->start;
	set_reach(packet, part);
	if (read_head(packet, 0))
		return 1;
	set_length(packet);
	return 0;
}

/*
 * @is_l3: the packet is what begins at the network header. Not 0: it cannot be read.
 */
static always_inline int find_packet(struct filter_packet *packet, __u64 skb,
				     const __u8 *part, int is_l3)
{
	packet->skb = skb;
	return is_l3 ? find_l3(packet, part) : find_ether(packet, part);
}

#endif /* FILTER_OUTPUT_H */
