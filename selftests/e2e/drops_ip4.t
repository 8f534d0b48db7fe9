#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: drops by IPv4, and what is said of them
# requires: root kprobes cmd:jq tool:inject tool:pins
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
. "${BASH_SOURCE%/*}/paths.sh"
. "${BASH_SOURCE%/*}/drops.sh"
plan 41

SRC=10.0.0.2
DST=10.0.0.1
FAR=10.66.0.9

new_lab && add_forwarding || exit 1
MAC_A=$(mac_of "$NS_A" macvlan-a)
MAC_B=$(mac_of "$NS_B" veth-b)

# ---------------------------------------------------------------- headers

by_other_mac()
{
	sent other_mac to_b 0800 "$(echo4 $SRC $DST)" 02:00:00:00:00:99
}

by_bad_sum()
{
	sent bad_sum to_b 0800 "$(damaged "$(echo4 $SRC $DST)" 10)"
}

by_version()
{
	local packet

	packet=$(echo4 $SRC $DST)
	sent version to_b 0800 "55${packet:2}"
}

by_cut()
{
	local packet

	packet=$(echo4 $SRC $DST)
	sent cut to_b 0800 "${packet:0:-8}"
}

# ---------------------------------------------------------------- addresses

by_rp_filter()
{
	set_sysctl net.ipv4.conf.veth-b.rp_filter=1
	sent rp_filter to_b 0800 "$(echo4 192.0.2.1 $DST)"
	set_sysctl net.ipv4.conf.veth-b.rp_filter=0
}

by_martian()
{
	sent martian to_b 0800 "$(echo4 224.0.0.9 $DST)"
}

by_own_source()
{
	sent own_source to_b 0800 "$(echo4 $DST $DST)"
}

by_martian_to()
{
	sent martian_to to_b 0800 "$(echo4 $SRC 0.0.0.9)"
}

by_loopback()
{
	sent loopback to_b 0800 "$(echo4 $SRC 127.0.0.9)"
}

# ---------------------------------------------------------------- routes

by_no_forward()
{
	set_sysctl net.ipv4.ip_forward=0
	sent no_forward to_b 0800 "$(echo4 $SRC $BEYOND)"
	set_sysctl net.ipv4.ip_forward=1
}

by_no_route()
{
	sent no_route to_b 0800 "$(echo4 $SRC $FAR)"
}

# by_route TYPE: a route that leads nowhere
by_route()
{
	batch B <<<"route add $1 $FAR"
	sent "$1" to_b 0800 "$(echo4 $SRC $FAR)"
	batch B <<<"route del $1 $FAR"
}

by_prohibit() { by_route prohibit; }

by_blackhole() { by_route blackhole; }

by_ttl()
{
	sent ttl to_b 0800 "$(echo4 $SRC $BEYOND 1)"
}

by_mtu()
{
	batch B <<<"link set forward-b mtu 600"
	sent mtu to_b 0800 "$(echo4 $SRC $BEYOND 64 0x4000 1000)"
	batch B <<<"link set forward-b mtu 1500"
}

# ---------------------------------------------------------------- for this host

by_fragment()
{
	set_sysctl net.ipv4.ipfrag_time=1
	sent fragment to_b 0800 "$(echo4 $SRC $DST 64 0x2000)"
}

by_no_proto()
{
	sent no_proto to_b 0800 "$(ip4 253 $SRC $DST 01020304)"
}

by_icmp_sum()
{
	sent icmp_sum to_b 0800 "$(damaged "$(echo4 $SRC $DST)" 22)"
}

by_no_ethertype()
{
	sent no_ethertype to_b 88b5 "$(zeros 46)"
}

by_vlan()
{
	sent vlan to_b 8100 "00640800$(echo4 $SRC $DST)"
}

# ---------------------------------------------------------------- the trace

trace_drops other_mac bad_sum version cut rp_filter martian own_source martian_to \
	loopback no_forward no_route prohibit blackhole ttl mtu fragment \
	no_proto icmp_sum no_ethertype vlan

dropped other_mac "wrong MAC" <<END
	5.10 ip_rcv_core - dropped in ip_rcv_core: addressed to another host's MAC address, or a bad IPv4 header
	6.1 ip_rcv_core OTHERHOST dropped in ip_rcv_core: addressed to another host's MAC address (OTHERHOST)
END
dropped bad_sum "bad header checksum" <<END
	5.10 ip_rcv_core - dropped in ip_rcv_core: addressed to another host's MAC address, or a bad IPv4 header
	6.1 ip_rcv_core IP_CSUM dropped in ip_rcv_core: the checksum of its IPv4 header is wrong (IP_CSUM)
END
dropped version "bad version" <<END
	5.10 ip_rcv_core - dropped in ip_rcv_core: addressed to another host's MAC address, or a bad IPv4 header
	6.1 ip_rcv_core IP_INHDR dropped in ip_rcv_core: its IP header is not valid (IP_INHDR)
END
dropped cut "cut off" <<END
	5.10 ip_rcv_core - dropped in ip_rcv_core: addressed to another host's MAC address, or a bad IPv4 header
	6.1 ip_rcv_core PKT_TOO_SMALL dropped in ip_rcv_core: shorter than its headers say (PKT_TOO_SMALL)
END
dropped rp_filter rp_filter <<END
	5.10 ip_rcv_finish_core - dropped in ip_rcv_finish_core: its source address is not accepted (rp_filter), or cannot be (martian)
	6.1 ip_rcv_finish_core IP_RPFILTER dropped in ip_rcv_finish_core: rp_filter: its source would be answered by another interface (IP_RPFILTER)
END
dropped martian "martian source" <<END
	5.10 ip_rcv_finish_core - dropped in ip_rcv_finish_core: its source address is not accepted (rp_filter), or cannot be (martian)
	6.1 ip_rcv_finish_core NOT_SPECIFIED dropped in ip_rcv_finish_core: its source or destination address is not accepted (martian)
	7.0 ip_rcv_finish_core IP_INVALID_SOURCE dropped in ip_rcv_finish_core: its source address cannot be one (martian) (IP_INVALID_SOURCE)
END
dropped own_source "own address as source" <<END
	5.10 ip_rcv_finish_core - dropped in ip_rcv_finish_core: its source address is not accepted (rp_filter), or cannot be (martian)
	6.1 ip_rcv_finish_core NOT_SPECIFIED dropped in ip_rcv_finish_core: its source or destination address is not accepted (martian)
	7.0 ip_rcv_finish_core IP_LOCAL_SOURCE dropped in ip_rcv_finish_core: its source address is one of this host's own (IP_LOCAL_SOURCE)
END
dropped martian_to "martian destination" <<END
	5.10 ip_error - dropped in ip_error: no route to its destination
	6.1 ip_error IP_INNOROUTES dropped in ip_error: no route to its destination (IP_INNOROUTES)
END
dropped loopback "127.0.0.0/8" <<END
	5.10 ip_rcv_finish_core - dropped in ip_rcv_finish_core: an address of 127.0.0.0/8, which must not come from outside
	6.1 ip_rcv_finish_core NOT_SPECIFIED dropped in ip_rcv_finish_core: an address of 127.0.0.0/8, which must not come from outside
	7.0 ip_rcv_finish_core IP_LOCALNET dropped in ip_rcv_finish_core: an address of 127.0.0.0/8, which must not come from outside (IP_LOCALNET)
END
dropped no_forward "no forwarding" <<END
	5.10 ip_error - dropped in ip_error: this host does not forward it, or a blackhole route swallows it
	6.1 ip_error IP_INADDRERRORS dropped in ip_error: its destination is not this host, and this host does not forward it (IP_INADDRERRORS)
END
dropped no_route "no route" <<END
	5.10 ip_error - dropped in ip_error: no route to its destination
	6.1 ip_error IP_INNOROUTES dropped in ip_error: no route to its destination (IP_INNOROUTES)
END
dropped prohibit "prohibit" <<END
	5.10 ip_error - dropped in ip_error: no route to its destination
	6.1 ip_error NOT_SPECIFIED dropped in ip_error: a route forbids its way
END
dropped blackhole "blackhole" <<END
	5.10 ip_error - dropped in ip_error: this host does not forward it, or a blackhole route swallows it
	6.1 ip_error NOT_SPECIFIED dropped in ip_error: a route forbids its way
END
dropped ttl "TTL" <<END
	5.10 ip_forward - dropped in ip_forward: its TTL is used up, or it is longer than the MTU and has DF set
	6.1 ip_forward IP_INHDR dropped in ip_forward: its TTL is used up (IP_INHDR)
END
dropped mtu "MTU and DF" <<END
	5.10 ip_forward - dropped in ip_forward: its TTL is used up, or it is longer than the MTU and has DF set
	6.1 ip_forward PKT_TOO_BIG dropped in ip_forward: longer than the MTU, and must not be fragmented (DF, or IPv6) (PKT_TOO_BIG)
END
dropped fragment "a fragment alone" <<END
	5.10 ip_expire - dropped in ip_expire: its fragments cannot be put together
	6.1 ip_expire NOT_SPECIFIED dropped in ip_expire: its fragments cannot be put together
	6.12 ip_expire FRAG_REASM_TIMEOUT dropped in ip_expire: some fragments did not come in time (FRAG_REASM_TIMEOUT)
END
dropped no_proto "no protocol" <<END
	5.10 ip_local_deliver_finish - dropped in ip_local_deliver_finish: nobody here handles its IP protocol
	6.1 ip_local_deliver_finish IP_NOPROTO dropped in ip_local_deliver_finish: nobody here handles its IP protocol (IP_NOPROTO)
END
dropped icmp_sum "ICMP: bad checksum" <<END
	5.10 icmp_rcv - dropped in icmp_rcv: an ICMP message that is not taken
	6.1 icmp_rcv ICMP_CSUM dropped in icmp_rcv: its checksum is wrong (ICMP_CSUM)
END
dropped no_ethertype "no EtherType" <<END
	5.10 __netif_receive_skb_core - dropped by a tc filter at ingress, or no protocol handler takes it
	6.1 __netif_receive_skb_core UNHANDLED_PROTO dropped in __netif_receive_skb_core: no protocol handler takes it (UNHANDLED_PROTO)
END
dropped vlan "VLAN" <<END
	5.10 ip_rcv_core - dropped in ip_rcv_core: addressed to another host's MAC address, or a bad IPv4 header
	6.1 ip_rcv_core OTHERHOST dropped in ip_rcv_core: addressed to another host's MAC address (OTHERHOST)
END
all_whole
