#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: expressions: where they come from, what they match, bad ones
# requires: root cmd:jq tool:inject
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
plan 40

SIX_A=fd000000000000000000000000000002
SIX_B=fd000000000000000000000000000001
HOP_BY_HOP=1100010400000000	# a header with padding alone, before UDP

new_lab || exit 1
add_devices vlan
mac_a=$(mac_of "$NS_A" macvlan-a)
mac_b=$(mac_of "$NS_B" veth-b)

# ---------------------------------------------------------------- packets in

# udp4 PAYLOAD_BYTES [PORT]: a datagram from A to B
udp4()
{
	ip4 17 10.0.0.2 10.0.0.1 "$(udp 7 "${2:-9}" "$(zeros "$1")")"
}

# to_b TYPE PAYLOAD
to_b()
{
	frame "$mac_b" "$mac_a" "$1" "$2"
}

# half OFFSET MORE: a fragment of a datagram to port 9, 24 bytes long
half()
{
	local all

	all=$(udp 7 9 "$(zeros 40)")
	to_b 0800 "$(ip4 17 10.0.0.2 10.0.0.1 "${all:$1 * 2:48}" 64 \
		$(($1 / 8 | $2)))"
}

# All frames, each of another length; those that match nothing stand first.
frames_in()
{
	to_b 8100 "00650800$(udp4 2)"
	to_b 8100 "00640800$(udp4 4 8)"
	to_b 88a8 "006481000065""0800$(udp4 6)"
	to_b 86dd "$(ip6 17 $SIX_A $SIX_B "$(udp 7 9 "$(zeros 8)")")"
	to_b 86dd "$(ip6 0 $SIX_A $SIX_B "3a${HOP_BY_HOP:2}$(zeros 10)")"
	to_b 0800 "$(ip4 1 10.0.0.2 10.0.0.1 "$(echo_request "$(zeros 12)")")"
	half 0 0x2000
	to_b 8100 "00640800$(udp4 30)"
	to_b 88a8 "006481000""0c80800$(udp4 40)"
	to_b 86dd "$(ip6 0 $SIX_A $SIX_B "$HOP_BY_HOP$(udp 7 9 "$(zeros 50)")")"
	half 24 0
	to_b 0800 "$(ip4 1 10.0.0.2 10.0.0.1 "$(echo_request "$(zeros 300)")")"
}

declare -A trace_pid=()

# start_one NAME SCRIPT ARGUMENT...: a trace of one packet on B, beside others;
# the shell's SCRIPT starts it and gives it its input
start_one()
{
	in_background "$1" bash -c "$2" "$TMP/expression" "$BPFPATH" \
		"${FEW[@]}" -N "$NS_B" -i veth-b -o json -w "$PATIENCE" \
		-W "$TMP/$1.records" "${@:3}"
	trace_pid[$1]=$PID
	wait_for "$PATIENCE" says_tracing "$TMP/$1.err" "$PID"
}

# end_one NAME LEN HOW WHAT: it has shown the one of that length
end_one()
{
	PID=${trace_pid[$1]}
	end_trace "$1"
	is "$STATUS" 0 "$4: exit status"
	is "$(selected "$1" func) $(selected "$1" len)" "ingress $2" \
		"$4: the one that matches"
	is "$(ends "$1")" "$3" "$4: how it ends"
}

# shellcheck disable=SC2016 # the shell that is started expands them
plain='exec "$@"' from_file='exec "$@" <"$0"' from_pipe='cat "$0" | "$@"'

start_one words "$plain" -d in vlan 100 and udp dst port 9
start_one argument "$plain" -a tracepoint -d in \
	'vlan 100 && vlan 200 && udp dst port 9'
echo 'ip6 protochain 17
	and ip6[6] = 0' >"$TMP/expression"
start_one file "$plain" -d in -F "$TMP/expression"
echo 'ip proto 17 and ip[6:2] & 0x1fff != 0' >"$TMP/expression"
start_one dash "$from_file" -
echo 'icmp[icmptype] == icmp-echo and greater 300' >"$TMP/expression"
start_one pipe "$from_pipe"
frames_in | inject A frame veth-a
end_one words 72 dropped "words: a VLAN tag"
is "$(json words '.[0].filter')" 'vlan 100 and udp dst port 9' \
	"words: the filter's name"
end_one argument 86 dropped "one argument, by tracepoint: two VLAN tags"
end_one file 120 dropped "-F: IPv6 with an extension header"
PID=${trace_pid[dash]}
end_trace dash
is "$STATUS" 0 "-: exit status"
is "$(selected dash func) $(selected dash len)" "ingress 58" \
	"-: the second fragment"
end_one pipe 342 consumed "a pipe: by length"

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

# vlan_out NAME OPTIONS...
vlan_out()
{
	local count=1

	! has_kind vlan || count=2
	trace_both "$1" tagged_out -N "$NS_A" -i veth-a -d out -c $count \
		"${FEW[@]}" "${@:2}" 'vlan 100 and (udp or (icmp and ip[8] = 77))'
	is "$STATUS" 0 "$1: exit status"
	is "$(selected "$1" func)" "$(times $count "$(made_at "$@")")" \
		"$1: where"
	like "$(selected "$1" len)" '^76( |$)' "$1: a tag in the packet"
	if has_kind vlan; then
		is "$(selected "$1" len)" "76 98" "$1: a tag beside the packet"
	else
		skip "$1: a tag beside the packet" "no VLAN devices here"
	fi
}

vlan_out vlan-out
vlan_out vlan-out-tracepoint -a tracepoint

# ------------------------------------------------- behind the linear part

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

trace_both linear two_long "${FEW[@]}" -N "$NS_A" -i tun-a -d in \
	'icmp[icmptype] == icmp-echo and icmp[5000:2] = 0xbeef'
is "$STATUS" 0 "behind the linear part: exit status"
is "$(selected linear func) $(selected linear ifname) $(selected linear len)" \
	"ingress tun-a 5028" "behind the linear part: the packet"
is "$(ends linear)" consumed "behind the linear part: how it ends"

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
trace_both get two_requests "${FEW[@]}" -N "$NS_A" -d out \
	'tcp dst port 80 and tcp[((tcp[12] & 0xf0) >> 2):4] = 0x47455420'
is "$STATUS" 0 "what TCP carries: exit status"
# At the device it has an Ethernet header.
like "$(selected get func) $(selected get len)" '^(output 67|egress 81)$' \
	"what TCP carries: the request"
kill "$server"

# ---------------------------------------------------------------- bad ones

# refused WHAT STATUS MESSAGE OPTIONS...: no trace
refused()
{
	local status=0

	"$BPFPATH" "${FEW[@]}" -N "$NS_A" -w 1 "${@:4}" >"$TMP/bad.out" \
		2>"$TMP/bad.err" </dev/null || status=$?
	show_talk bad
	is "$status" "$2" "$1: exit status"
	like "$(cat "$TMP/bad.err")" "$3" "$1: message"
}

refused "a bad expression" 2 'syntax error' 'tcp and and udp'
refused "an unknown name" 2 'unknown .*nosuchhost|nosuchhost' \
	host nosuchhost.invalid
refused "no such file" 1 "$TMP/nothere" -F "$TMP/nothere"
refused "it matches nothing" 2 'never|reject' ip and ip6
refused "it matches nothing on that device" 2 'tun-a' -i tun-a \
	ether host 02:00:00:00:00:01
is "$(cat "$TMP/bad.out")" "" "nothing on stdout"
close_tun
no_leftovers "nothing is left"
