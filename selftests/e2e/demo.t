#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: the demo: an echo reply, first delivered, then lost to a wrong MAC
# requires: root cmd:jq
. "${BASH_SOURCE%/*}/../lib.sh"
plan 19

LOCATION='^ip_rcv_core(\.[a-z0-9.]+)?\+0x[0-9a-f]+$'

# demo NAME OPTIONS...: sets STATUS
demo()
{
	in_background "$1" "$BPFPATH" demo "${@:2}"
	end_trace "$1"
}

before=$(lab_names; run_state)

# functions_differ: what only probes on functions can tell
functions_differ()
{
	local what

	for what in "good path passes icmp_rcv or ping_rcv" \
			"bad path passes neither"; do
		has_kprobes || skip "$what" "no kprobes on $(uname -r)"
	done
	has_kprobes || return
	ok "good path passes icmp_rcv or ping_rcv" \
		has_func demo 'icmp_rcv|ping_rcv' 0
	ok "bad path passes neither" not has_func demo 'icmp_rcv|ping_rcv' 1
}

demo demo -o json
is "$STATUS" 0 "exit status"
mapfile -t got < <(json demo 'length, .[0].end.how,
	(.[1] | .end.how, .end.location, .end.reason, .events[0].ifname),
	(map(.complete) | unique | tostring), (map(.lost) | add),
	(map(.filter) | unique | join(","))')
is "${got[0]}" 2 "two paths"
is "${got[1]}" consumed "good path ends consumed"
is "${got[2]}" dropped "bad path ends dropped"
functions_differ
like "${got[3]}" "$LOCATION" "bad path ends at ip_rcv_core"
if has_reasons; then
	is "${got[4]}" OTHERHOST "the reason"
else
	is "${got[4]}" null "no reason on this kernel"
fi
is "${got[5]}" veth-a "bad path begins at the lower device"
is "${got[6]}" '[true]' "both are complete"
is "${got[7]}" 0 "nothing is lost"
is "${got[8]}" 'icmp and src host 10.0.0.1' "the filter"
like "$(cat "$TMP/demo.err")" 'Node A .* pings node B' \
	"the story is told on stderr"

demo text -a tracepoint
is "$STATUS" 0 "text, tracepoints: exit status"
ok "text, tracepoints: two ends" [ "$(grep -cE 'consumed|dropped' "$TMP/text.out")" -ge 2 ]
like "$(grep '^packet 1: ' "$TMP/text.out" | tail -n 1)" 'ip_rcv_core' \
	"text, tracepoints: the bad path names ip_rcv_core"

like "$(tail -n 1 "$TMP/text.out")" '^another way: ' \
	"text, tracepoints: the difference"

in_background early "$BPFPATH" demo -a tracepoint
wait_for "$PATIENCE" says_tracing "$TMP/early.err" "$PID"
kill -INT "$PID"
end_trace early
is "$STATUS" 130 "interrupted: exit status"
is "$(lab_names; run_state)" "$before" "nothing is left"
