/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Addresses and ports of a packet: those of the header that the sk_buff says is its
 * network header, and of the one behind it. The sk_buff is believed, as the kernel
 * does: before the network layer has seen a packet there may be no such header, and
 * in a tunnel it is the inner or the outer one. Headers in page fragments are
 * not seen (include/linux/skbuff.h).
 */
#ifndef FLOW_H
#define FLOW_H

#include <linux/if_ether.h>

#include "bpfpath.h"
#include "constants.h"
#include "helpers.h"
#include "ip6.h"
#include "read.h"
#include "wire.h"

#define FRAGMENT_OFFSET	0x1fff	/* mask of the field; 0: the first fragment */
#define IP4_LEN		20
#define PORTS_LEN	8	/* of a transport header: what is read of it */

/* Network header, network byte order (RFC 791). */
struct ip4 {
	__u8 version_ihl, tos;
	__u16 len, id, fragment;
	__u8 ttl, proto;
	__u16 check;
	__u32 saddr, daddr;
};

/* Ports are the first two words; an echo's identifier and sequence number are … */
static always_inline void read_transport(struct flow *flow, __u64 header)
{
	__u16 words[4];

	if (read_kernel(words, sizeof(words), (void *)header))
		return;
	if (flow->proto == IPPROTO_ICMP || flow->proto == IPPROTO_ICMPV6) {
		flow->type = ((__u8 *)words)[0];
		flow->code = ((__u8 *)words)[1];
		/* … the third and the fourth */
		words[0] = words[2];
		words[1] = words[3];
	}
	flow->sport = to_be16(words[0]);
	flow->dport = to_be16(words[1]);
}

/*
 * Returns the identification, host byte order. @end: of the linear part, behind which
 * lie bytes of no packet.
 */
static always_inline __u32 read_flow4(struct flow *flow, __u64 header, __u64 end)
{
	struct ip4 ip;
	__u64 transport;

	if (header + sizeof(ip) > end ||
	    read_kernel(&ip, sizeof(ip), (void *)header))
		return NO_IDENT;
	flow->version = 4;
	flow->proto = ip.proto;
	*(__u32 *)flow->saddr = ip.saddr;
	*(__u32 *)flow->daddr = ip.daddr;
	transport = header + (ip.version_ihl & 15) * 4;
	if (!(ip.fragment & to_be16(FRAGMENT_OFFSET)) &&
	    transport + PORTS_LEN <= end)
		read_transport(flow, transport);
	return to_be16(ip.id);
}

/*
 * Passes the extension headers. Sets the flow's protocol and returns the address of
 * the transport header; 0: none, it is a later fragment.
 */
static always_inline __u64 skip_extensions(struct flow *flow, __u64 header)
{
	__u8 proto = read_u8(header, 6);
	__u64 at = header + IP6_LEN;
	__u8 next[4];

#pragma unroll
	for (int i = 0; i < MAX_EXTENSIONS; i++) {
		if (!is_extension(proto) || read_kernel(next, 4, (void *)at))
			break;
		if (proto == IPPROTO_FRAGMENT && (next[2] || next[3] & 0xf8)) {
			flow->proto = next[0];
			return 0;
		}
		at += extension_size(proto, next[1]);
		proto = next[0];
	}
	flow->proto = proto;
	return at;
}

static always_inline void read_flow6(struct flow *flow, __u64 header, __u64 end)
{
	__u64 transport;

	/* both addresses, one behind the other */
	if (header + IP6_LEN > end ||
	    read_kernel(flow->saddr, 2 * sizeof(flow->saddr),
			(void *)(header + 8)))
		return;
	flow->version = 6;
	transport = skip_extensions(flow, header);
	if (transport && transport + PORTS_LEN <= end)
		read_transport(flow, transport);
}

/*
 * The EtherType, network byte order, of a packet with its network header at @offset
 * from @head; 0: not known, as while the IP layer is making the packet. A packet socket
 * of 5.10 does not set it in what it sends by macvlan; then the frame tells it
 * (packet_parse_headers(), net/packet/af_packet.c).
 */
static always_inline __u16 protocol_of(__u64 skb, __u64 head, __u16 offset)
{
	__u16 protocol = read_u16(skb, OFFSET(sk_buff, protocol));
	__u16 mac = read_u16(skb, OFFSET(sk_buff, mac_header));

	if (protocol || mac == NO_MAC_HEADER || offset < mac + ETH_HLEN)
		return protocol;
	return read_u16(head + offset, -sizeof(protocol));
}

/*
 * Is it a packet of IP, @version, by its first byte and by what the sk_buff says; or by
 * the byte alone, where the sk_buff does not say yet, as while the packet is made?
 */
static always_inline int is_version(__u16 protocol, __u8 first, int version)
{
	__u16 ether = version == 4 ? ETH_P_IP : ETH_P_IPV6;

	return first >> 4 == version && (!protocol || protocol == to_be16(ether));
}

/* The address where the linear part of its data ends. */
static always_inline __u64 linear_end(__u64 skb)
{
	return read_u64(skb, OFFSET(sk_buff, data)) +
	       read_u32(skb, OFFSET(sk_buff, len)) -
	       read_u32(skb, OFFSET(sk_buff, data_len));
}

/*
 * Fills the flow, all 0 before. Returns the identification of IPv4, host byte
 * order, else NO_IDENT.
 */
static always_inline __u32 read_flow(struct flow *flow, __u64 skb)
{
	__u16 offset = read_u16(skb, OFFSET(sk_buff, network_header));
	__u64 head = read_u64(skb, OFFSET(sk_buff, head));
	__u64 header = head + offset;
	__u16 protocol = protocol_of(skb, head, offset);
	__u8 first = offset ? read_u8(header, 0) : 0;

	if (is_version(protocol, first, 4) && (first & 15) >= IP4_LEN / 4)
		return read_flow4(flow, header, linear_end(skb));
	if (is_version(protocol, first, 6))
		read_flow6(flow, header, linear_end(skb));
	return NO_IDENT;
}

#endif /* FLOW_H */
