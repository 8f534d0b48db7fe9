#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: packets are selected where programs of XDP see them; their verdicts are steps
# and ends, and what is redirected or passes goes on in the sk_buff that it becomes
# requires: root kprobes cmd:jq tool:xdp_hook
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
plan 32

PROGRAM=somebodys_xdp_program

# send TTL...: an echo request each from A to B
send()
{
	local ttl

	for ttl; do
		on A ping -n -c 1 -W 0.1 -t "$ttl" 10.0.0.1 >/dev/null 2>&1
	done
}

# went NAME PACKET: the steps that are told by XDP, with their interfaces, and the end
went()
{
	"$BPFPATH" show -o json "$TMP/$1.out" | jq -rs --argjson n "$2" '
		.[] | select(.packet == $n and (.kin // 0) == 0) |
		([.events[] | select(.prog or .func == "eth_type_trans") | .ifname + " " +
			(if .prog then .hook + " " + .verdict else .func end)] |
			join("; ")) + ": " + .end.how + " by " + .end.func'
}

# says NAME PACKET PATTERN WHAT: its verdict in words
says()
{
	like "$("$BPFPATH" show "$TMP/$1.out" | sed -n "/^packet $2: .* after/,/^\$/p")" "$3" "$4"
}

new_lab && add_forwarding || exit 1
mount_quietly
low="$(ifindex_of "$NS_A" low-forward)"
to=$(ifindex_of "$NS_B" forward-b)

# ---------------------------------------------------------------- native, sk_buffs of veth

# Without BTF of modules veth's sk_buff is not known at the program.
built="; veth-b eth_type_trans"
[ ! -e /sys/kernel/btf/veth ] || built=

serve A far "$TOOLS/xdp_hook" low-forward native "$low" 200
FAR=$LISTENING
serve B near "$TOOLS/xdp_hook" veth-b native "$to" 100 xsk
start_trace native "${FEW[@]}" -N "$NS_B" -i veth-b -d in -c 9 --timeout 30 -o records icmp ||
	exit 1
grep -q ' BPF programs\? of others probed' "$TMP/native.err" ||
	skip_all "kernel $(uname -r) lets nobody see what programs decide"
send 100 101 102 103 104 105 106 107 64
end_trace native
is "$STATUS" 0 "native: exit status"
is "$(went native 1)" "veth-b xdp XDP_PASS$built: consumed by consume_skb" "pass"
is "$(went native 2)" "veth-b xdp XDP_DROP: dropped by $PROGRAM" "drop"
says native 2 "dropped by XDP program $PROGRAM \(id [0-9]+\) at veth-b: XDP_DROP" "… in words"
is "$(went native 3)" "veth-b xdp XDP_ABORTED: dropped by $PROGRAM" "aborted"
is "$(went native 4)" "veth-b xdp XDP_TX: consumed by $PROGRAM" "tx"
says native 4 "sent back by XDP program $PROGRAM \(id [0-9]+\) at veth-b: XDP_TX" "… in words"
far="low-forward xdp XDP_PASS; low-forward eth_type_trans: dropped by kfree_skb"
is "$(went native 5)" "veth-b xdp XDP_REDIRECT to forward-b; $far" "redirect"
is "$(went native 6)" "veth-b xdp XDP_REDIRECT to forward-b; $far" "by a devmap"
is "$(went native 7)" "veth-b xdp XDP_REDIRECT to CPU 0; veth-b eth_type_trans: consumed by consume_skb" \
	"by a cpumap"
is "$(went native 8)" "veth-b xdp XDP_REDIRECT to AF_XDP, entry 0: consumed by __xsk_map_redirect" \
	"by an xskmap"
says native 8 "delivered to an AF_XDP socket of process xdp_hook \([0-9]+\)" "… in words"
is "$(went native 9)" "veth-b xdp XDP_PASS$built: consumed by consume_skb" "another TTL"
mute

# ---------------------------------------------------------------- what is tracked before

serve A untyped "$TOOLS/xdp_hook" macvlan-a generic "$low" 200 untyped
UNTYPED=$LISTENING
serve B near "$TOOLS/xdp_hook" veth-b native "$to" 100
start_trace before "${FEW[@]}" -N all -c 2 --timeout 20 -o records \
	'icmp[0] = 8 and src host 10.0.0.2' || exit 1
send 101 100
end_trace before
is "$STATUS" 0 "sent by A: exit status"
like "$(<"$TMP/before.err")" "no step: XDP program 'somebody' \(id [0-9]+\) in front, what it drops is not seen: without BTF" \
	"a program without types is named"
kill "$UNTYPED"
wait_end "$UNTYPED" 2>/dev/null
is "$(records_in "$TMP/before.out" select func | paste -sd' ')" "output output" \
	"… each is selected once, where it is made"
like "$("$BPFPATH" show "$TMP/before.out")" \
	"dropped by XDP program $PROGRAM \(id [0-9]+\) at veth-b: XDP_DROP" "… and dropped at veth"
like "$("$BPFPATH" show "$TMP/before.out" | sed -n '/^packet 2/,$p')" \
	" veth-b +$PROGRAM \(id [0-9]+\) xdp XDP_PASS.*ip_local_deliver" "… or passes"
mute

# ---------------------------------------------------------------- native, frames

kill "$FAR"
wait_end "$FAR" 2>/dev/null
serve B near "$TOOLS/xdp_hook" veth-b native "$to" -5
NEAR=$LISTENING
serve A far "$TOOLS/xdp_hook" low-forward native "$low" 100
start_trace frames "${FEW[@]}" -N "$NS_A" -i low-forward -d in -c 5 --timeout 30 -o records icmp
send 100 101 103 106 108
end_trace frames
is "$STATUS" 0 "frames: exit status"
is "$(went frames 1)" "low-forward xdp XDP_PASS; low-forward eth_type_trans: dropped by kfree_skb" "pass"
is "$(went frames 2)" "low-forward xdp XDP_DROP: dropped by $PROGRAM" "drop"
is "$(went frames 3)" "low-forward xdp XDP_TX: consumed by $PROGRAM" "tx"
is "$(went frames 4)" \
	"low-forward xdp XDP_REDIRECT to CPU 0; low-forward eth_type_trans: dropped by kfree_skb" \
	"by a cpumap"
is "$(went frames 5)" "low-forward xdp XDP_PASS; low-forward eth_type_trans: dropped by kfree_skb" \
	"pass, with other bytes in front"
mute
kill "$NEAR"
wait_end "$NEAR" 2>/dev/null

# ---------------------------------------------------------------- generic

serve B near "$TOOLS/xdp_hook" veth-b generic "$to" 100 xsk
start_trace generic "${FEW[@]}" -N "$NS_B" -i veth-b -d in -c 5 --timeout 30 -o records \
	--bytes 64 --stack all -C +skb.len icmp
send 100 101 103 104 107
end_trace generic
is "$STATUS" 0 "generic: exit status"
is "$(went generic 1)" "veth-b xdp XDP_PASS: consumed by consume_skb" "pass"
is "$(went generic 2)" "veth-b xdp XDP_DROP: dropped by $PROGRAM" "drop"
like "$(went generic 3)" "^veth-b xdp XDP_TX: (consumed|dropped) by " "tx"
is "$(went generic 5)" "veth-b xdp XDP_REDIRECT to AF_XDP, entry 0: consumed by consume_skb" \
	"by an xskmap"
says generic 5 "delivered to an AF_XDP socket of process xdp_hook \([0-9]+\)" "… in words"
like "$("$BPFPATH" show -o pcapng "$TMP/generic.out" | wc -c)" "^[0-9]{4,}" "bytes are there"
like "$(went generic 4)" "^veth-b xdp XDP_REDIRECT to forward-b: (consumed|dropped) by " "redirect"
mute
