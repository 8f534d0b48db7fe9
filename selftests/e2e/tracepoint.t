#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: without kprobes: hops and end of a packet by raw tracepoints
# requires: root cmd:jq
. "${BASH_SOURCE%/*}/../lib.sh"
plan 16

new_lab || exit 1

# by_tracepoint NAME PROTOCOL ADDRESS TRIGGER...: sets end: how the path ends, by
# which hook, where and why
by_tracepoint()
{
	local got

	trace "$1" "${@:4}" -- -a tracepoint -N "$NS_B" -o json -w 60 "$2" "$3"
	is "$STATUS" 0 "$1: exit status"
	mapfile -t got < <(json "$1" 'length, (.[0] | .complete,
		(.end | .how, .func, .location, .reason))')
	is "${got[0]}" 1 "$1: one path"
	is "${got[1]}" true "$1: complete"
	end=("${got[@]:2}")
}

by_tracepoint consumed icmp 10.0.0.2 ping_peer 10.0.0.1
is "${end[0]}" consumed "consumed: how it ends"
like "${end[1]}" 'consume_skb' "consumed: the last hook"

by_tracepoint dropped udp 10.0.0.2 send_udp 10.0.0.1 9
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
