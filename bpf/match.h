/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The short form's filter, protocol and source address; the generated header
 * includes it and says
 *	FILTER_FAMILY		4 or 6
 *	FILTER_IP_PROTO		protocol number (IPPROTO_ICMP, …)
 *	FILTER_SRC_IP		IPv4: the source address, a __u32 in host byte order
 *	FILTER_SRC_IP6		IPv6: its 16 bytes, separated by commas
 * It sees packets as if a tag that the sk_buff keeps were not there.
 */
#ifndef MATCH_H
#define MATCH_H

#include <linux/if_ether.h>
#include "load.h"

#if FILTER_FAMILY == 4

#define FILTER_TYPE	ETH_P_IP

/* @net: where the network header begins. */
static always_inline int match_network(const struct filter_packet *packet,
				       __u32 net)
{
	__u32 version, protocol, source;

	return !load_u8(packet, net, &version) && version >> 4 == 4 &&
	       !load_u8(packet, net + 9, &protocol) &&
	       protocol == FILTER_IP_PROTO &&
	       !load_u32(packet, net + 12, &source) && source == FILTER_SRC_IP;
}

#elif FILTER_FAMILY == 6

#include "ip6.h"

#define FILTER_TYPE	ETH_P_IPV6

/* Where the protocol is the wanted one, whatever extensions come before. */
static always_inline int match_protocol(const struct filter_packet *packet,
					__u32 net)
{
	__u32 at = net + IP6_LEN, header, next, length;

	if (load_u8(packet, net + 6, &header))
		return 0;
#pragma unroll
	for (int i = 0; i < MAX_EXTENSIONS; i++) {
		if (!is_extension(header) || load_u8(packet, at, &next) ||
		    load_u8(packet, at + 1, &length))
			break;
		at += extension_size(header, length);
		header = next;
	}
	return header == FILTER_IP_PROTO;
}

static always_inline int match_source(const struct filter_packet *packet,
				      __u32 net)
{
	const __u8 wanted[16] = { FILTER_SRC_IP6 };
	__u32 word;

#pragma unroll
	for (int i = 0; i < 16; i += 4)
		if (load_u32(packet, net + 8 + i, &word) ||
		    word != ((__u32)wanted[i] << 24 | wanted[i + 1] << 16 |
			     wanted[i + 2] << 8 | wanted[i + 3]))
			return 0;
	return 1;
}

static always_inline int match_network(const struct filter_packet *packet,
				       __u32 net)
{
	__u32 version;

	return !load_u8(packet, net, &version) && version >> 4 == 6 &&
	       match_source(packet, net) && match_protocol(packet, net);
}

#else
#error "FILTER_FAMILY must be 4 or 6"
#endif

static always_inline int filter_ether(const struct filter_packet *packet)
{
	__u32 type;

	return !load_u16(packet, ETH_HLEN - 2, &type) && type == FILTER_TYPE &&
	       match_network(packet, ETH_HLEN);
}

static always_inline int filter_raw(const struct filter_packet *packet)
{
	return match_network(packet, 0);
}

#endif /* MATCH_H */
