#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: expressions: what they match of packets in the kernel
# requires: root cmd:jq tool:inject
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
plan 14

new_lab || exit 1
add_devices vlan
. "${BASH_SOURCE%/*}/frames.sh"

# ---------------------------------------------------------------- packets in

# Two traces of the same frames: one of what any header tells, and one with a loop.
IN='(ip proto 17 and ip[6:2] & 0x1fff != 0) or
	(icmp[icmptype] == icmp-echo and greater 300) or
	(vlan 100 and (udp dst port 9 or (vlan 200 and udp dst port 9)))'

start_trace loop "${FEW[@]}" -N "$NS_B" -i veth-b -d in -o json -w "$PATIENCE" \
	-W "$TMP/loop.records" 'ip6 protochain 17 and ip6[6] = 0' || exit 1
loop=$PID
frames()
{
	frames_in | inject A frame veth-a
}

trace_both in frames "${FEW[@]}" -N "$NS_B" -i veth-b -d in -c 4 "$IN"
is "$STATUS" 0 "in: exit status"
is "$(selected in func)" "$(times 4 ingress)" "in: where"
is "$(selected in len)" "72 86 58 342" \
	"in: a VLAN tag, two, the second fragment, by length"
is "$(ends in | cut -d ' ' -f 1,2,4)" "dropped dropped consumed" \
	"in: how the whole ones end"
PID=$loop
end_trace loop
is "$STATUS" 0 "a loop over extension headers: exit status"
is "$(selected loop func) $(selected loop len)" "ingress 120" \
	"a loop over extension headers: the one that matches"
is "$(ends loop)" dropped "a loop over extension headers: how it ends"

# ---------------------------------------------------------------- packets out

# tagged_out: by a packet socket with the tag in the packet, by the VLAN device
# with the tag beside it
tagged_out()
{
	{
		to_b 8100 "00650800$(udp4 2)"
		to_b 8100 "00640800$(udp4 30)"
	} | inject A frame veth-a
	has_kind vlan || return 0
	ping_ttl A 78 10.3.0.1
	ping_ttl A 77 10.3.0.1
}

# ----------------------------------------------------- behind the linear part

open_tun 1 || exit 1
ip -n "$NS_A" link set tun-a mtu 9000

# long_echo MARK: an echo request with these four digits far behind
long_echo()
{
	ip4 1 10.11.0.1 10.11.0.2 "$(echo_request "$(zeros 4992)$1$(zeros 6)")"
}

two_long()
{
	long_echo beee >&"$TUN"
	long_echo beef >&"$TUN"
}

# ---------------------------------------------------------------- what TCP carries

in_background server nsenter "--net=/run/netns/$NS_B" -- \
	"$INJECT" listen 10.0.0.1 80
server=$PID

# ask WORD: what a browser might say, by TCP
ask()
{
	# shellcheck disable=SC2016 # the inner shell expands it
	on A bash -c 'printf "%s / HTTP/1.0\n" "$0" >/dev/tcp/10.0.0.1/80' "$1"
}

two_requests()
{
	ask POST
	ask GET
}

listens()
{
	ask HEAD 2>/dev/null
}

wait_for "$PATIENCE" listens

all_out()
{
	two_long
	tagged_out
	two_requests
}

start_trace linear "${FEW[@]}" -N "$NS_A" -i tun-a -d in -o json \
	-w "$PATIENCE" -W "$TMP/linear.records" \
	'icmp[icmptype] == icmp-echo and icmp[5000:2] = 0xbeef' || exit 1
linear=$PID
count=2
! has_kind vlan || count=3
trace_both out all_out "${FEW[@]}" -N "$NS_A" -d out -c $count \
	'(tcp dst port 80 and tcp[((tcp[12] & 0xf0) >> 2):4] = 0x47455420) or
	(vlan 100 and (udp or (icmp and ip[8] = 77)))'
kill "$server"
is "$STATUS" 0 "out: exit status"

made=$(made_at -d out)
tagged='76 98'
has_kind vlan || tagged=76
# What TCP makes an output probe may see at the device alone, with an Ethernet header.
like "$(selected out func)" "^$(times $((count - 1)) "$made") (output|egress)$" \
	"out: where"
like "$(selected out len)" "^$tagged (67|81)$" \
	"out: a tag in the packet, one beside it, what TCP carries"
PID=$linear
end_trace linear
is "$STATUS" 0 "behind the linear part: exit status"
is "$(selected linear func) $(selected linear ifname) $(selected linear len)" \
	"ingress tun-a 5028" "behind the linear part: the packet"
is "$(ends linear)" consumed "behind the linear part: how it ends"
close_tun
no_leftovers "nothing is left"
