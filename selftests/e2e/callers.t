#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: which system call has made a packet, and which has read it
# requires: root cmd:jq tool:callers
# kernels: ends
# also: trixie-arm64 trixie-rt
# A kernel without kprobes shows neither how UDP is read nor what is made of a packet.
. "${BASH_SOURCE%/*}/../lib.sh"
plan 7

LIST="__ip_local_out 0
__udp_enqueue_schedule_skb 0 2
skb_copy_datagram_iter 0
skb_consume_udp 0 2
skb:kfree_skb 2
skb:consume_skb 1"

new_lab || exit 1
echo "$LIST" >"$TMP/list"
mechanism=(-f "$TMP/list")
has_kprobes || mechanism=(-a tracepoint)

start_trace callers "${mechanism[@]}" -i lo -o json -c 0 -N "$NS_A" \
	-W "$TMP/callers.records" 'udp dst portrange 9001-9011'
on A "$TOOLS/callers" 9001 >"$TMP/said" 2>"$TMP/refused"
wait_for "$PATIENCE" has_lines callers "$(wc -l <"$TMP/said")"
kill -INT "$PID"
end_trace callers

# seen_by KEY: PORT CALL FD SOCKET of all packets, as that object has it
seen_by()
{
	json callers "map(select(.$1)) | sort_by(.events[0].dport)[] | \"\(.events[0].dport)\" +
		\" \(.$1.call) \(.$1.fd // \"-\") \(.$1.socket // \"-\")\""
}

is "$(seen_by made_by)" "$(cut -d' ' -f1-4 "$TMP/said")" \
	"by which call each is made, its descriptor and socket"
is "$(json callers 'map(select(.made_by.call != "io_uring").made_by.comm)[]' | sort -u)" \
	callers "by whom"
"$BPFPATH" show "$TMP/callers.records" >"$TMP/text" 2>/dev/null
read -r _ _ fd socket _ <"$TMP/said"
like "$(<"$TMP/text")" "  made by callers \([0-9]+\) in sendto\($fd\), socket $socket" \
	"... in words"
if has_kprobes; then
	is "$(seen_by read_by)" "$(cut -d' ' -f1,5- "$TMP/said")" \
		"by which call each is read"
	read -r _ _ _ _ _ fd socket <"$TMP/said"
	like "$(<"$TMP/text")" \
		"  read by callers \([0-9]+\) in recvfrom\($fd\), socket $socket" \
		"... in words"
else
	skip "by which call each is read" "needs kprobes"
	skip "... in words" "needs kprobes"
fi
is "$(json callers 'map(.events[] | select(.func == "netif_receive_skb" or
	.func == "__udp_enqueue_schedule_skb").call | select(. != "interrupt" and . != "kernel")) | unique[]')" \
	"" "what an interrupt does is not the process's"
"$BPFPATH" -C +call show "$TMP/callers.records" >"$TMP/text" 2>/dev/null
like "$(<"$TMP/text")" " sendto\($(awk 'NR == 1 { print $3 }' "$TMP/said")\) " \
	"the call of each step"
