#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: the demo as text, and interrupted
# requires: root
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 6

# demo NAME OPTIONS...: sets STATUS
demo()
{
	in_background "$1" "$BPFPATH" demo "${@:2}"
	end_trace "$1"
}

before=$(lab_names; run_state)

demo text -a tracepoint
is "$STATUS" 0 "text, tracepoints: exit status"
ok "text, tracepoints: two ends" [ "$(grep -cE 'consumed|dropped' "$TMP/text.out")" -ge 2 ]
like "$(grep '^packet 1: ' "$TMP/text.out" | tail -n 1)" 'ip_rcv_core' \
	"text, tracepoints: the bad path names ip_rcv_core"

ok "text, tracepoints: the difference" grep -q '^another route: ' "$TMP/text.out"

in_background early "$BPFPATH" demo -a tracepoint
wait_for "$PATIENCE" says_tracing "$TMP/early.err" "$PID"
kill -INT "$PID"
end_trace early
is "$STATUS" 130 "interrupted: exit status"
is "$(lab_names; run_state)" "$before" "nothing is left"
