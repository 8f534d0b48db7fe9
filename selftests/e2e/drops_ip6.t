#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: drops by IPv6, and what is said of them
# requires: root kprobes cmd:jq tool:inject tool:pins
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
. "${BASH_SOURCE%/*}/paths.sh"
. "${BASH_SOURCE%/*}/drops.sh"
plan 21

SRC=$(hex6 02)
DST=$(hex6 01)
FAR=$(hex6 09)
FAR=fd0000ff${FAR:8}	# fd00:ff::9

new_lab && add_forwarding || exit 1
MAC_A=$(mac_of "$NS_A" macvlan-a)
MAC_B=$(mac_of "$NS_B" veth-b)

# echo6 DST [HOPS [BYTES]]: an echo request from A
echo6()
{
	local packet

	packet=$(ip6 58 "$SRC" "$1" "$(checked 58 "$SRC" "$1" 8000 \
		"00010001$(zeros "${3:-8}")")")
	printf '%s%02x%s\n' "${packet:0:14}" "${2:-64}" "${packet:16}"
}

by_other_mac6()
{
	sent other_mac6 to_b 86dd "$(echo6 "$DST")" 02:00:00:00:00:99
}

by_cut6()
{
	local packet

	packet=$(echo6 "$DST")
	sent cut6 to_b 86dd "${packet:0:-8}"
}

by_disabled()
{
	set_sysctl net.ipv6.conf.veth-b.disable_ipv6=1
	sent disabled to_b 86dd "$(echo6 "$DST")"
	set_sysctl net.ipv6.conf.veth-b.disable_ipv6=0
	batch B <<<"addr replace fd00::1/64 dev veth-b nodad"
}

by_no_forward6()
{
	batch B <<<"route add fd00:ff::9 dev forward-b"
	sent no_forward6 to_b 86dd "$(echo6 "$FAR")"
	set_sysctl net.ipv6.conf.all.forwarding=1
	batch B <<<"route del fd00:ff::9 dev forward-b"
}

by_no_route6()
{
	sent no_route6 to_b 86dd "$(echo6 "$FAR")"
}

by_prohibit6()
{
	batch B <<<"route add prohibit fd00:ff::9"
	sent prohibit6 to_b 86dd "$(echo6 "$FAR")"
	batch B <<<"route del prohibit fd00:ff::9"
}

by_blackhole6()
{
	batch B <<<"route add blackhole fd00:ff::9"
	sent blackhole6 to_b 86dd "$(echo6 "$FAR")"
	batch B <<<"route del blackhole fd00:ff::9"
}

by_hops()
{
	batch B <<<"route add fd00:ff::9 dev forward-b"
	sent hops to_b 86dd "$(echo6 "$FAR" 1)"
}

by_mtu6()
{
	batch B <<<"link set forward-b mtu 1280"
	sent mtu6 to_b 86dd "$(echo6 "$FAR" 64 1400)"
}

# A header that nobody knows.
by_no_proto6()
{
	sent no_proto6 to_b 86dd "$(ip6 253 "$SRC" "$DST" 01020304)"
}

trace_drops other_mac6 cut6 no_forward6 no_route6 prohibit6 blackhole6 hops mtu6 \
	no_proto6 disabled

dropped other_mac6 "wrong MAC" <<END
	5.10 ip6_rcv_core - dropped in ip6_rcv_core: addressed to another host's MAC address, or a bad IPv6 header
	6.1 ip6_rcv_core OTHERHOST dropped in ip6_rcv_core: addressed to another host's MAC address (OTHERHOST)
END
dropped cut6 "cut off" <<END
	5.10 ip6_rcv_core - dropped in ip6_rcv_core: addressed to another host's MAC address, or a bad IPv6 header
	6.1 ip6_rcv_core PKT_TOO_SMALL dropped in ip6_rcv_core: shorter than its headers say (PKT_TOO_SMALL)
END
dropped disabled "IPv6 is off" <<END
	5.10 ip6_rcv_core - dropped in ip6_rcv_core: addressed to another host's MAC address, or a bad IPv6 header
	6.1 ip6_rcv_core IPV6DISABLED dropped in ip6_rcv_core: IPv6 is switched off on veth-b (IPV6DISABLED)
END
dropped no_forward6 "no forwarding" <<END
	5.10 ip6_forward - dropped in ip6_forward: this host does not forward it
	6.1 ip6_forward IP_INADDRERRORS dropped in ip6_forward: its destination is not this host, and this host does not forward it (IP_INADDRERRORS)
END
dropped no_route6 "no route" <<END
	5.10 ip6_pkt_drop - dropped in ip6_pkt_drop: no route to its destination
	6.1 ip6_pkt_drop IP_INNOROUTES dropped in ip6_pkt_drop: no route to its destination (IP_INNOROUTES)
	6.12 ip6_pkt_discard IP_INNOROUTES dropped in ip6_pkt_discard: no route to its destination (IP_INNOROUTES)
END
dropped prohibit6 prohibit <<END
	5.10 ip6_pkt_drop - dropped in ip6_pkt_drop: a prohibit route forbids its way
	6.1 ip6_pkt_drop IP_INNOROUTES dropped in ip6_pkt_drop: a prohibit route forbids its way (IP_INNOROUTES)
	6.12 ip6_pkt_prohibit IP_INNOROUTES dropped in ip6_pkt_prohibit: a prohibit route forbids its way (IP_INNOROUTES)
END
dropped blackhole6 blackhole <<END
	5.10 dst_discard_out - dropped in dst_discard_out: a blackhole route swallows it
	6.1 dst_discard_out NOT_SPECIFIED dropped in dst_discard_out: a blackhole route swallows it
END
dropped hops "hop limit" <<END
	5.10 ip6_forward - dropped in ip6_forward: its hop limit is used up, or it is longer than the MTU
	6.1 ip6_forward IP_INHDR dropped in ip6_forward: its hop limit is used up (IP_INHDR)
END
dropped mtu6 MTU <<END
	5.10 ip6_forward - dropped in ip6_forward: its hop limit is used up, or it is longer than the MTU
	6.1 ip6_forward PKT_TOO_BIG dropped in ip6_forward: longer than the MTU, and must not be fragmented (DF, or IPv6) (PKT_TOO_BIG)
END
dropped no_proto6 "no protocol" <<END
	5.10 ip6_input - dropped in ip6_input: nobody here handles its IP protocol
	6.1 ip6_input_finish IP_NOPROTO dropped in ip6_input_finish: nobody here handles its IP protocol (IP_NOPROTO)
END
all_whole
