#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: why packets are dropped, in plain words, with and without reasons
# requires: root cmd:jq cmd:nft
. "${BASH_SOURCE%/*}/../lib.sh"
plan 15

new_lab || exit 1
B_MAC=$(mac_of "$NS_B" veth-b)

# set_sysctl NAME=VALUE...: on node B
set_sysctl()
{
	on B sysctl -q -w "$@"
}

# has_reason NAME: this kernel can give it
has_reason()
{
	grep -q "SKB_DROP_REASON_$1" /sys/kernel/btf/vmlinux
}

# why NAME REASON WITH WITHOUT TRIGGER...: what node B says of the packet that
# the trigger sends from SOURCE: WITH where the kernel has that reason
why()
{
	local name=$1 want=$4 got

	! has_reason "$2" || want="$3 ($2)"
	trace "$name" "${@:5}" -- "${FEW[@]}" -N "$NS_B" -i veth-b -d in -w 20 \
		-o json "src host $SOURCE"
	is "$STATUS" 0 "$name: exit status"
	mapfile -t got < <(json "$name" '.[0].end | .verdict, .next')
	is "${got[0]}" "$want" "$name: verdict"
	isnt "${got[1]}" null "$name: what to look at next"
}

# ping_from OPTION...: one echo request from SOURCE
ping_from()
{
	on A ping -n -c 1 -W 1 -I "$SOURCE" "$@" >/dev/null 2>&1
}

SOURCE=10.0.0.2
set_neighbours "$NS_A" macvlan-a 02:00:00:00:00:99 10.0.0.1
why 'wrong MAC' OTHERHOST \
	"dropped in ip_rcv_core: addressed to another host's MAC address" \
	"dropped in ip_rcv_core: addressed to another host's MAC address, or a bad IPv4 header" \
	ping_from 10.0.0.1
set_neighbours "$NS_A" macvlan-a "$B_MAC" 10.0.0.1

on B nft -f - <<END
table ip t {
	chain c {
		type filter hook input priority 0;
		icmp type echo-request drop
	}
}
END
by=nftables
since 6 1 || by=netfilter
why input NETFILTER_DROP "dropped by $by in the input hook of IPv4" \
	"dropped by $by in the input hook of IPv4" ping_from 10.0.0.1
on B nft delete table ip t

ip -n "$NS_A" route add 10.99.0.0/16 via 10.0.0.1
ip -n "$NS_B" route add 10.99.0.0/16 via 10.0.0.2
set_sysctl net.ipv4.ip_forward=0
why 'no forwarding' IP_INADDRERRORS \
	'dropped in ip_error: its destination is not this host, and this host does not forward it' \
	'dropped in ip_error: no route to its destination, or this host does not forward' \
	ping_from 10.99.0.1
set_sysctl net.ipv4.ip_forward=1
why TTL IP_INHDR 'dropped in ip_forward: its TTL is used up' \
	'dropped in ip_forward: its TTL is used up, or it is longer than the MTU and has DF set' \
	ping_from -t 1 10.99.0.1

SOURCE=192.0.2.1
ip -n "$NS_A" addr add $SOURCE/32 dev lo
set_sysctl net.ipv4.conf.veth-b.rp_filter=1
why rp_filter IP_RPFILTER \
	'dropped in ip_rcv_finish_core: rp_filter: its source would be answered by another interface' \
	'dropped in ip_rcv_finish_core: its source address is not accepted (martian; before 5.17 also rp_filter)' \
	ping_from 10.0.0.1
