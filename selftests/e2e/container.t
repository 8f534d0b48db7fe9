#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: process 1 of a container, and two containers that share /run
# requires: root cmd:ping
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 10

mount_quietly

# container NAME OPTION...: a trace as its process 1, of pings that it gets; sets
# PID, and INIT to the trace as seen from here
container()
{
	# shellcheck disable=SC2016 # the inner shell expands it
	in_background "$1" unshare -n -p -f --mount-proc \
		bash -c 'ip link set lo up; exec "$@"' - \
		"$BPFPATH" "${FEW[@]}" -d in "${@:2}" 'icmp[icmptype] == 8'
	wait_for "$PATIENCE" says_tracing "$TMP/$1.err" "$PID"
	INIT=$(descendants "$PID" | sed -n 1p)
}

# ping_in INIT
ping_in()
{
	nsenter -t "$1" -n -- ping -n -c 1 -W 1 127.0.0.1 >/dev/null
}

# runs_of_1: the runs of processes that are number 1
runs_of_1()
{
	run_state | grep -c "^$RUNS/runs/[^/]*/pid$"
}

container alone -w 1
end_trace alone
is "$STATUS" 3 "as process 1: exit status when nothing comes"
unlike "$(<"$TMP/alone.err")" 'left out|interface' "every interface takes part"

container first -c 0 -q
first=$PID first_init=$INIT
container second -c 0 -q
second=$PID second_init=$INIT
is "$(cat "$RUNS"/runs/*/pid | sort -u)" 1 "two runs have the same process id"
is "$(runs_of_1)" 2 "each has a directory of its own"
"$BPFPATH" clean 2>"$TMP/clean.err"
is "$(runs_of_1)" 2 "clean leaves what is alive"

ping_in "$second_init"
ok "the second one sees its packet" wait_for "$PATIENCE" has_lines second 1
kill -INT "$second_init"
PID=$second
end_trace second
is "$(runs_of_1)" 1 "the end of one leaves the other one's run"
ping_in "$first_init"
ok "which sees its packet" wait_for "$PATIENCE" has_lines first 1
kill -INT "$first_init"
PID=$first
end_trace first
is "$(wc -l <"$TMP/first.out") $(wc -l <"$TMP/second.out")" "1 1" \
	"neither sees the other one's"
no_leftovers "nothing is left"
