/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The short form's filter: protocol and source address, by -D:
 *	FILTER_FAMILY		4 or 6
 *	FILTER_IP_PROTO		protocol number (IPPROTO_ICMP, …)
 *	FILTER_SRC_IP		IPv4: the source address, a __u32 in host byte order
 *	FILTER_SRC_IP6		IPv6: its 16 bytes, separated by commas
 */
#ifndef MATCH_H
#define MATCH_H

#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include "helpers.h"

/* Copies len bytes from the network header on; not 0: the packet is shorter. */
static always_inline int load_net(struct __sk_buff *skb, __u32 offset, void *to,
				  __u32 len)
{
	return bpf_skb_load_bytes_relative(skb, offset, to, len,
					   BPF_HDR_START_NET);
}

#if FILTER_FAMILY == 4

static always_inline int matches(struct __sk_buff *skb)
{
	struct iphdr ip;

	return skb->protocol == to_be16(ETH_P_IP) &&
	       !load_net(skb, 0, &ip, sizeof(ip)) &&
	       ip.protocol == FILTER_IP_PROTO &&
	       ip.saddr == to_be32(FILTER_SRC_IP);
}

#elif FILTER_FAMILY == 6

#define MAX_EXTENSIONS	6

/* Headers that stand between the IPv6 header and the transport (RFC 8200). */
static always_inline int is_extension(__u8 header)
{
	return header == IPPROTO_HOPOPTS || header == IPPROTO_ROUTING ||
	       header == IPPROTO_DSTOPTS || header == IPPROTO_FRAGMENT ||
	       header == IPPROTO_AH;
}

/* Bytes of an extension header, from its type and its length field. */
static always_inline __u32 extension_size(__u8 header, __u8 field)
{
	if (header == IPPROTO_FRAGMENT)
		return 8;
	if (header == IPPROTO_AH)
		return (field + 2) * 4;
	return (field + 1) * 8;
}

static always_inline __u8 transport(struct __sk_buff *skb, __u8 header)
{
	__u32 offset = sizeof(struct ipv6hdr);
	__u8 field[2]; /* next header, length */

#pragma unroll
	for (int i = 0; i < MAX_EXTENSIONS; i++) {
		if (!is_extension(header) ||
		    load_net(skb, offset, field, sizeof(field)))
			break;
		offset += extension_size(header, field[1]);
		header = field[0];
	}
	return header;
}

static always_inline int same_address(const struct in6_addr *address)
{
	const __u8 wanted[16] = { FILTER_SRC_IP6 };
	int same = 1;

#pragma unroll
	for (int i = 0; i < 16; i++)
		same &= address->s6_addr[i] == wanted[i];
	return same;
}

static always_inline int matches(struct __sk_buff *skb)
{
	struct ipv6hdr ip;

	return skb->protocol == to_be16(ETH_P_IPV6) &&
	       !load_net(skb, 0, &ip, sizeof(ip)) && same_address(&ip.saddr) &&
	       transport(skb, ip.nexthdr) == FILTER_IP_PROTO;
}

#else
#error "FILTER_FAMILY must be 4 or 6"
#endif

#endif /* MATCH_H */
