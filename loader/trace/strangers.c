// SPDX-License-Identifier: GPL-2.0-only
#include "strangers.h"

#include <netinet/in.h>
#include <stdbool.h>

#define PROTO_L2TP	115	/* assigned by IANA; not in every netinet/in.h */
#define PROTO_ICMPV6	58

/* What has another packet in it, or may have. */
static int carries(uint8_t proto)
{
	switch (proto) {
	case IPPROTO_IPIP:
	case IPPROTO_IPV6:
	case IPPROTO_UDP:
	case IPPROTO_GRE:
	case IPPROTO_ESP:
	case IPPROTO_AH:
	case IPPROTO_COMP:
	case PROTO_L2TP:
	case IPPROTO_MPLS:
		return 1;
	}
	return 0;
}

/* NAT from IPv6 to IPv4 and back (RFC 7915). */
static int translated(uint8_t before, uint8_t now)
{
	return (before == IPPROTO_ICMP && now == PROTO_ICMPV6) ||
	       (before == PROTO_ICMPV6 && now == IPPROTO_ICMP);
}

bool is_stranger(uint8_t before, uint8_t now)
{
	return before && now && before != now && !carries(before) &&
	       !carries(now) && !translated(before, now);
}
