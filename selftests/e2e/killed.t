#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: what a killed run leaves behind is inert, and is removed
# requires: root cmd:jq
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 20

new_lab || exit 1

# kill_run driver|all: starts a run and kills it, or it and all its processes
kill_run()
{
	local victims=()

	start_trace "killed-$1" "${FEW[@]}" -N "$NS_A" -i veth-a icmp 10.0.0.1
	mapfile -t victims < <(descendants "$PID")
	[ "$1" = all ] || victims=()
	kill -9 "$PID" "${victims[@]}"
	wait "$PID" 2>/dev/null
}

# state: of the lab and of the runs
state()
{
	run_state
	tc_state "$NS_A"
	tc_state "$NS_B"
}

kill_run driver
ok "the driver killed: its filter is left" grep -q bpfpath <(tc_state "$NS_A")
ok "the driver killed: a ping is answered" ping_peer 10.0.0.1
"$BPFPATH" clean 2>"$TMP/clean.err"
is "$?" 0 "clean: exit status"
like "$(cat "$TMP/clean.err")" 'removed what the killed run' "clean: message"
is "$(state)" "" "clean: nothing is left"

kill_run all
ok "all killed: its filter is left" grep -q bpfpath <(tc_state "$NS_A")
ok "all killed: a ping is answered" ping_peer 10.0.0.1
ok "all killed: an IPv6 ping is answered" ping_peer fd00::1
before=$(state)
start_trace next "${FEW[@]}" -N "$NS_B" icmp 10.0.0.2
next=$PID
isnt "$before" "" "all killed: there was something to remove"
is "$(tc_state "$NS_A")" "" "the next run removes it"
like "$(cat "$TMP/next.err")" 'removed what the killed run' \
	"the next run says so"

# clean beside a run that lives
kill_run all
"$BPFPATH" clean 2>"$TMP/clean.err"
ok "clean beside a live run: its filter stays" \
	grep -q bpfpath <(tc_state "$NS_B")
is "$(tc_state "$NS_A")" "" "clean beside a live run: the other one's goes"
ping_peer 10.0.0.1
PID=$next
end_trace next
is "$STATUS" 0 "the live run gets its packet"
is "$(state)" "" "nothing is left"

"$BPFPATH" clean 2>"$TMP/clean.err"
is "$?" 0 "clean with nothing to do: exit status"
like "$(cat "$TMP/clean.err")" 'nothing was left behind' \
	"clean with nothing to do: message"

# A namespace that is gone took the filters with it.
kill_run all
"$TOP/scripts/lab.sh" -n "$LAB" down
"$BPFPATH" clean 2>"$TMP/clean.err"
is "$?" 0 "clean after the namespace: exit status"
is "$(run_state)" "" "clean after the namespace: nothing is left"
new_lab
ok "a new lab of another name works" ping_peer 10.0.0.1
