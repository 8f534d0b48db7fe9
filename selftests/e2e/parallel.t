#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: two runs at once on one interface
# requires: root cmd:jq
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 9

new_lab || exit 1

start_trace icmp "${FEW[@]}" -N "$NS_B" -o json -w 60 icmp 10.0.0.2
icmp_pid=$PID
start_trace udp "${FEW[@]}" -N "$NS_B" -o json -w 60 udp 10.0.0.2
udp_pid=$PID
is "$(tc_state "$NS_B" | grep -c ' id [0-9]* name bpfpath')" 2 \
	"two filters on the interface"

ping_peer 10.0.0.1
PID=$icmp_pid
end_trace icmp
is "$STATUS" 0 "the first run: exit status"
is "$(json icmp '.[0].end.how')" consumed "the first run: its packet"
ok "the second one waits on" not is_gone "$udp_pid"
is "$(tc_state "$NS_B" | grep -c ' id [0-9]* name bpfpath')" 1 \
	"its filter is still there"

send_udp 10.0.0.1 9
PID=$udp_pid
end_trace udp
is "$STATUS" 0 "the second run: exit status"
mapfile -t got < <(json udp 'length, .[0].end.how')
is "${got[0]}" 1 "the second run: one path"
is "${got[1]}" dropped "the second run: its packet"
no_leftovers "nothing is left"
