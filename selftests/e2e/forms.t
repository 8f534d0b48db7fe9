#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: the short forms: protocols and addresses, on node B
# requires: root cmd:jq
# kernels: one
. "${BASH_SOURCE%/*}/../lib.sh"
plan 43

new_lab || exit 1

# form PROTOCOL ADDRESS HOW FUNCTION WHERE TRIGGER...: HOW and WHERE it ends
# (WHERE: the start of its location), a FUNCTION that it passes
form()
{
	local name=$1-$2 got

	trace "$name" "${@:6}" -- "${FEW[@]}" -N "$NS_B" -o json -w 20 \
		"$1" "$2"
	is "$STATUS" 0 "$1 $2: exit status"
	mapfile -t got < <(json "$name" 'length, (.[0] | .end.how,
		.end.location, .events[0].ifname, .events[0].netns)')
	is "${got[0]}" 1 "$1 $2: one path"
	is "${got[1]}" "$3" "$1 $2: how it ends"
	like "${got[2]}" "$5" "$1 $2: where it ends"
	is "${got[3]}" veth-b "$1 $2: interface"
	is "${got[4]}" "$(stat -c %i "/run/netns/$NS_B")" "$1 $2: namespace"
	if has_kprobes; then
		ok "$1 $2: passes $4" has_func "$name" "$4"
	else
		skip "$1 $2: passes $4" "no kprobes on $(uname -r)"
	fi
}

# consumed_in FUNC: its location; before 6.3 the kernel does not tell it
consumed_in()
{
	since 6 3 && echo "^$1\\+0x" || echo '^null$'
}

form icmp 10.0.0.2 consumed icmp_rcv "$(consumed_in icmp_rcv)" ping_peer 10.0.0.1
# Before 6.3 icmpv6_rcv() gave up by kfree_skb() even what it had answered.
if since 6 3; then
	form icmp6 fd00::2 consumed icmpv6_rcv "$(consumed_in icmpv6_rcv)" ping_peer fd00::1
else
	form icmp6 fd00::2 dropped icmpv6_rcv '^icmpv6_rcv' ping_peer fd00::1
fi
form udp 10.0.0.2 dropped udp_rcv '^(__udp4_lib_rcv|udp_)' \
	send_udp 10.0.0.1 9
form udp fd00::2 dropped udpv6_rcv '^(__udp6_lib_rcv|udpv6_)' \
	send_udp fd00::1 9
form tcp 10.0.0.2 dropped tcp_v4_rcv '^tcp_v4_rcv' send_syn 10.0.0.1 9
form tcp fd00::2 dropped tcp_v6_rcv '^tcp_v6_rcv' send_syn fd00::1 9
no_leftovers "nothing is left"
