#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: where a packet has waited: a neighbour, a queueing discipline, a socket
# requires: root kprobes cmd:jq tool:sink
# All kernels: they free what is read in different ways.
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/shared.sh"
plan 7

DELAY_MS=20

new_lab || exit 1
shared_start || exit 1

# has_datagram: one waits in B for the sink
has_datagram()
{
	# shellcheck disable=SC2016 # awk expands it
	on B awk '$2 ~ /:005B$/ && $5 !~ /:0+$/ { found = 1 } END { exit !found }' \
		/proc/net/udp
}

# queues NUMBER: where that packet of the window has waited, one a line
queues()
{
	jq -r "select(.packet == $1) | [., .relatives[]] | .[].waits // [] | .[].queue" \
		"$TMP/waits.json"
}

modprobe -q -a sch_htb sch_netem || true
tc -n "$NS_A" qdisc add dev veth-a root handle 1: htb default 1
tc -n "$NS_A" class add dev veth-a parent 1: classid 1:1 htb rate 1gbit
tc -n "$NS_A" qdisc add dev veth-a parent 1:1 netem delay ${DELAY_MS}ms
serve B sink "$TOOLS/sink" 91 || exit 1
sink=$PID
ping_peer 10.0.0.1	# the neighbour is known
wait_for "$PATIENCE" shared_is_idle

window_open
kill -STOP "$sink"
send_udp 10.0.0.1 91
wait_for "$PATIENCE" has_datagram
kill -CONT "$sink"
wait_for "$PATIENCE" has_families 1
ip -n "$NS_A" neigh flush dev macvlan-a nud all
ping_peer 10.0.0.1
wait_for "$PATIENCE" has_families 2
wait_for "$PATIENCE" shared_is_idle
window_take waits
mute
"$BPFPATH" -q -o json show "$TMP/waits.out" >"$TMP/waits.json"
"$BPFPATH" -q -o stats-json show "$TMP/waits.out" >"$TMP/waits.stats"

like "$(queues 1 | paste -sd'|')" \
	"^netem in htb of veth-a\|the backlog of a CPU\|the socket's receive queue$" \
	"a datagram: its queues"
ok "... in the queueing discipline as long as that delays it" jq -se \
	"map(select(.packet == 1))[0].waits[0].ns >= $DELAY_MS * 1000000" \
	"$TMP/waits.json"
is "$(jq -r 'select(.packet == 1) | .waits[-1] | "\(.reader) \(.reader_pid)"' \
	"$TMP/waits.json")" "sink $sink" "... and who reads it"
shown=$("$BPFPATH" show "$TMP/waits.out" 2>/dev/null)
like "$shown" "  waited [0-9.]+ us in netem in htb of veth-a; .*the socket's receive queue" \
	"... in words"
like "$shown" "  read by sink \($sink\) in recv[a-z]*\([0-9]+\), socket [0-9]+" \
	"... and by which system call"
is "$(queues 2 | grep neighbour)" "the queue of a neighbour whose address was not known" \
	"an echo request waits for its neighbour"
ok "statistics of the queues" jq -e '[.waits[] | select(.queue ==
	"netem in htb of veth-a") | .ns.count] == [2]' "$TMP/waits.stats"
