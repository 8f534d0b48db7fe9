#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: frames that go past the queueing discipline are selected where they are sent:
# those of AF_XDP in copy mode, and of packet sockets with PACKET_QDISC_BYPASS
# requires: root kprobes cmd:jq tool:direct
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
plan 6

new_lab || exit 1

# send HOW PORT: a UDP datagram from B to A
send()
{
	frame "$(mac_of "$NS_A" macvlan-a)" "$(mac_of "$NS_B" veth-b)" 0800 \
		"$(ip4 17 10.0.0.1 10.0.0.2 "0007$(printf %04x "$2")00080000")" |
		on B "$TOOLS/direct" "$1" veth-b
}

packets()
{
	send xsk 31
	send bypass 32
}

trace direct packets -- -q -c 2 -o records -w 60 -N "$NS_B" -d out \
	'udp dst port 31 or udp dst port 32'
is "$STATUS" 0 "exit status"
"$BPFPATH" -q -o json show "$TMP/direct.out" >"$TMP/json.out"

# begins FILTER: where packets begin that jq's FILTER takes, by their first step
begins()
{
	json json "map(select(.events[0] | $1)) | map(.events[0] | .func + \" \" + .ifname) |
		join(\" \")"
}

# AF_XDP leaves the sk_buff without a protocol, and so without a flow until it has arrived
for filter in '.dport == null' '.dport == 32'; do
	is "$(begins "$filter")" "__dev_direct_xmit veth-b" \
		"$filter: it begins where it is sent"
	like "$(json json "map(select(.events[0] | $filter))[0] |
		[.events[].func] | join(\" \")")" " veth_xmit( |$)" "... and goes on"
done
is "$(json json 'map(.made_by.comm) | unique | join(" ")')" direct "... by which program"
