#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: how a run ends: no packet, signals, nobody who listens
# requires: root cmd:jq
# kernels: one
. "${BASH_SOURCE%/*}/../lib.sh"
plan 16

new_lab || exit 1

trace none true -- "${FEW[@]}" -N "$NS_A" -i veth-a -w 1 icmp 10.0.0.1
is "$STATUS" 3 "nothing matched: exit status"
is "$(cat "$TMP/none.out")" "" "nothing matched: nothing on stdout"
like "$(cat "$TMP/none.err")" 'no packet matched' "nothing matched: message"
no_leftovers "nothing matched: nothing is left"

for signal in INT TERM HUP; do
	start_trace "$signal" "${FEW[@]}" -N "$NS_A" -i veth-a icmp 10.0.0.1
	kill -s "$signal" "$PID"
	end_trace "$signal"
	isnt "$STATUS" 0 "SIG$signal while waiting: exit status"
	is "$(cat "$TMP/$signal.out")" "" "SIG$signal while waiting: no path"
	no_leftovers "SIG$signal while waiting: nothing is left"
done

# A reader who has seen enough: the pings go on until the run ends.
in_background closed bash -c '"$@" | head -n 1' closed "$BPFPATH" "${FEW[@]}" \
	-N "$NS_A" -i veth-a -c 0 -o json icmp 10.0.0.1
wait_for "$PATIENCE" says_tracing "$TMP/closed.err" "$PID"
until is_gone "$PID" || [ "$((tries += 1))" -gt 50 ]; do
	ping_peer 10.0.0.1
	sleep 0.2
done
end_trace closed
is "$(json closed length)" 1 "stdout closed: the line that was read"
unlike "$(cat "$TMP/closed.err")" 'roken pipe|error|cannot' \
	"stdout closed: no complaint"
no_leftovers "stdout closed: nothing is left"
