// SPDX-License-Identifier: GPL-2.0-only
#include "flow_text.h"

#include <netinet/in.h>
#include <stdio.h>

const char *flow_proto(const struct flow *flow, char buf[FLOW_PROTO_LEN])
{
	switch (flow->proto) {
	case IPPROTO_ICMP:
		return "icmp";
	case IPPROTO_TCP:
		return "tcp";
	case IPPROTO_UDP:
		return "udp";
	case IPPROTO_ICMPV6:
		return "icmp6";
	}
	snprintf(buf, FLOW_PROTO_LEN, "%u", flow->proto);
	return buf;
}

static bool is_of_ports(int proto)
{
	return proto == IPPROTO_TCP || proto == IPPROTO_UDP || proto == IPPROTO_SCTP ||
	       proto == IPPROTO_DCCP || proto == IPPROTO_UDPLITE;
}

bool flow_has_ports(const struct flow *flow)
{
	return flow->version && is_of_ports(flow->proto) && (flow->sport || flow->dport);
}
