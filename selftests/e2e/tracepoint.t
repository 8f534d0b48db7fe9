#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: without kprobes: hops and end of a packet by raw tracepoints
# requires: root cmd:jq tool:chat tool:inject
# All kernels: their tracepoints differ.
. "${BASH_SOURCE%/*}/../lib.sh"
plan 20

new_lab || exit 1

# both: a packet that is delivered, and one that is dropped
both()
{
	ping_peer 10.0.0.1
	send_udp 10.0.0.1 9
}

# path NUMBER: sets end: how the path ends, by which hook, where and why
path()
{
	local got

	mapfile -t got < <(json paths "map(select(.packet == $1)) | length,
		(.[0] | .complete, (.end | .how, .func, .location, .reason))")
	is "${got[0]}" 1 "packet $1: one path"
	is "${got[1]}" true "packet $1: complete"
	end=("${got[@]:2}")
}

trace paths both -- -a tracepoint -N "$NS_B" -i veth-b -d in -o json -w 60 -c 2 \
	'src host 10.0.0.2 and (icmp or udp)'
is "$STATUS" 0 "exit status"
path 1
is "${end[0]}" consumed "consumed: how it ends"
like "${end[1]}" 'consume_skb' "consumed: the last hook"
if since 6 3; then
	like "${end[2]}" '^icmp_rcv\+0x[0-9a-f]+$' "consumed: where"
else
	is "${end[2]}" null "consumed: this kernel does not tell where"
fi
path 2
is "${end[0]}" dropped "dropped: how it ends"
like "${end[1]}" 'kfree_skb' "dropped: the last hook"
like "${end[2]}" \
	'^(__udp4_lib_rcv|udp_[a-z_]*)(\.[a-z0-9.]+)?\+0x[0-9a-f]+$' \
	"dropped: where"
if has_reasons; then
	is "${end[3]}" NO_SOCKET "dropped: why"
else
	is "${end[3]}" null "dropped: no reason here"
fi

# A conversation by TCP, most packets of which end without a word of kfree_skb or
# consume_skb; then others, in the same memory.
in_background listen nsenter "--net=/run/netns/$NS_B" -- \
	"$TOOLS/inject" listen 10.0.0.1 9010
listener=$PID

chat()
{
	on A "$TOOLS/chat" 10.0.0.1 9010 5
}

# ping_everywhere: others pass on each CPU, which then frees what processes have read on
# another (skb_attempt_defer_free() of net/core/skbuff.c leaves it to the next softirq)
ping_everywhere()
{
	local cpu cpus

	cpus=$(nproc --all)
	for ((cpu = 0; cpu < cpus; cpu++)); do
		on A taskset -c "$cpu" ping -n -q -c 5 -i 0.02 -W 1 10.0.0.1 >/dev/null
	done
}

# ended COUNT: so many paths are shown
ended()
{
	[ "$(wc -l <"$TMP/tcp.out")" -ge "$1" ]
}

start_trace tcp -a tracepoint -N "$NS_B" -i veth-b -d both -c 0 -o json \
	'tcp port 9010' || exit 1
wait_for "$PATIENCE" chat
ping_everywhere
# Three of the handshake, five words, their answers, a reset.
wait_for "$PATIENCE" ended 10 || diag "not all paths have ended"
kill -INT "$PID"
end_trace tcp
kill "$listener"
ok "TCP: its packets, one by one" ended 10
is "$(json tcp 'map(.events[] | select(.proto != "tcp")) | length')" 0 \
	"TCP: no step of what came later"
is "$(json tcp 'map(select([.events[] | [.sport, .dport] | sort] | unique |
	length > 1)) | length')" 0 "TCP: no step of another flow"
is "$(json tcp '[.[] | .end.how] | unique - ["consumed", "dropped"] |
	join(" ")')" "" "TCP: each has an end"

# The machine's own choice
trace auto ping_peer 10.0.0.1 -- -N "$NS_B" -o records -w 60 "${FEW[@]}" \
	icmp 10.0.0.2
is "$STATUS" 0 "auto: exit status"
note=$(sed -n 's/^# attach: //p' "$TMP/auto.out")
if has_kprobes; then
	is "$note" kprobe "auto: kprobes where there are"
	unlike "$(cat "$TMP/auto.err")" 'no kprobes' "auto: no word about it"
else
	is "$note" tracepoint "auto: tracepoints"
	is "$(grep -c 'kprobe' "$TMP/auto.err")" 1 "auto: one line about it"
fi
no_leftovers "nothing is left"
