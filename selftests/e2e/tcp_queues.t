#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: data of TCP wait in a socket's queues: out of order, in the backlog, for a reader
# requires: root kprobes cmd:jq tool:holder
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
plan 6

HOLD_MS=20	# see holder.c
OUT_OF_ORDER="the socket's out-of-order and receive queues"
LIST="__ip_local_out 0
tcp_v4_rcv 0
tcp_add_backlog 0 2
tcp_v4_do_rcv 0 2
tcp_data_queue 0 2
tcp_queue_rcv 0 2
skb_copy_datagram_iter 0
skb:kfree_skb 2
skb:consume_skb 1
__kfree_skb 1
kfree_skb_partial 1
skb_attempt_defer_free 1"

new_lab || exit 1
echo "$LIST" >"$TMP/list"
modprobe -q -a sch_prio sch_netem || true
tc -n "$NS_A" qdisc add dev lo root handle 1: prio bands 3
tc -n "$NS_A" qdisc add dev lo parent 1:3 netem delay 100ms

start_trace queues -f "$TMP/list" -i lo -o json -c 0 -N "$NS_A" -W "$TMP/queues.records" \
	'tcp dst port 9201 and tcp[tcpflags] & tcp-push != 0'
on A "$TOOLS/holder" 9201 >"$TMP/said"
wait_for "$PATIENCE" has_lines queues 4
kill -INT "$PID"
end_trace queues
read -r reader fd socket <"$TMP/said"

# members FILTER: jq's answer about those that have waited
members()
{
	json queues "map(., .relatives[]) | map(select(.waits)) | $1"
}

is "$(members "map(select(any(.waits[]; .queue == \"$OUT_OF_ORDER\")).read_by) |
	map(\"\(.comm) \(.call) \(.fd) \(.socket)\")[]")" "$reader recvfrom $fd $socket" \
	"a byte waits out of order, until it is read"
held='map(select(any(.waits[]; .queue == "the socket'\''s backlog")))'
is "$(members "$held | length")" 1 "a byte waits in the backlog"
ok "... as long as the reader holds the socket" jq -e ". >= $HOLD_MS * 1000000" \
	<<<"$(members "${held}[0].waits[0].ns")"
is "$(members "${held}[0].events[] | select(.func == \"tcp_v4_do_rcv\") |
	\"\(.comm) \(.call) \(.fd) \(.socket)\"")" "$reader recvfrom $fd $socket" \
	"... and the reader takes it out"
is "$(members "${held}[0].waits[1].queue")" "the socket's receive queue" \
	"... into the receive queue"
like "$("$BPFPATH" show "$TMP/queues.records" 2>/dev/null)" \
	"  waited [0-9.]+ us in the socket's backlog; [0-9.]+ us in the socket's receive queue
  read by $reader \([0-9]+\) in recvfrom\($fd\), socket $socket" "... in words"
