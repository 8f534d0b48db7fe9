#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: expressions: where they come from, and bad ones
# requires: root cmd:jq tool:inject
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
plan 27

new_lab || exit 1
. "${BASH_SOURCE%/*}/frames.sh"

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
start_one argument "$plain" -d in \
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
end_one argument 86 dropped "one argument: two VLAN tags"
end_one file 120 dropped "-F: IPv6 with an extension header"
PID=${trace_pid[dash]}
end_trace dash
is "$STATUS" 0 "-: exit status"
is "$(selected dash func) $(selected dash len)" "ingress 58" \
	"-: the second fragment"
end_one pipe 342 consumed "a pipe: by length"

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
open_tun 1 || exit 1
refused "it matches nothing on that device" 2 'tun-a' -i tun-a \
	ether host 02:00:00:00:00:01
is "$(cat "$TMP/bad.out")" "" "nothing on stdout"
close_tun
no_leftovers "nothing is left"
