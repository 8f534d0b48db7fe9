#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: -C tcp,gso,vlan,skb.MEMBER and --skb: numbers in the sk_buff of a packet
# requires: root cmd:jq
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"

ways=(tracepoint)
if has_kprobes; then
	ways=(kprobe fentry tracepoint)
	! grep -qx CONFIG_FPROBE=y "/boot/config-$(uname -r)" || ways+=(multi)
fi
plan $((4 * ${#ways[@]} + 30))

new_lab || exit 1
read -r B_IFINDEX B_MTU < <(ip -n "$NS_B" -j link show dev veth-b |
	jq -r '.[0] | "\(.ifindex) \(.mtu)"')

# trace_b NAME TRIGGER... -- OPTIONS...: what arrives at node B; JSON, and records for what
# was selected
trace_b()
{
	local trigger=("$1")

	shift
	while [ "$1" != -- ]; do
		trigger+=("$1")
		shift
	done
	trace "${trigger[@]}" -- "${FEW[@]}" -N "$NS_B" -i veth-b -d in -w "$PATIENCE" \
		-o json -W "$TMP/${trigger[0]}.records" "${@:2}"
}

# fields_of NAME: those of the selection, a line each
fields_of()
{
	records_in "$TMP/$1.records" select fields | tr ' ' '\n'
}

# field NAME FIELD: its value there
field()
{
	fields_of "$1" | sed -n "s/^$2=//p"
}

# ------------------------------------------------------------ by each mechanism

SAME='[.[0].events[] | select((.fields["skb.len"] != .len) or
	(.ifindex != null and .fields["skb.dev.ifindex"] != .ifindex) or
	(.fields["skb.mark"] != .mark))] | length'

for way in "${ways[@]}"; do
	trace_b "$way" send_udp 10.0.0.1 99 -- -a "$way" --stack all --bytes 100 \
		-C skb.len,skb.dev.ifindex,skb.mark,tcp,gso udp dst port 99
	is "$STATUS" 0 "$way: exit status"
	is "$(json "$way" "$SAME")" 0 "$way: each step has the numbers of its other columns"
	is "$(json "$way" '[.[0].events[] | .fields["gso.size"], .fields["tcp.flags"]] |
		unique | map(tostring) | join(" ")')" "null 0" \
		"$way: no TCP header, no segments to come"
	like "$(json "$way" '.[0].end.stack[0]')" '\+0x[0-9a-f]+$' "$way: with the stack behind them"
done

# ------------------------------------------------------------ what is where it is selected

trace_b selected send_udp 10.0.0.1 99 -- \
	-C skb.dev.mtu,skb.pkt_type,skb.protocol,skb.next,skb.dev.ifindex,skb.next.len \
	udp dst port 99
is "$(field selected skb.dev.mtu)" "$B_MTU" "behind a pointer"
is "$(field selected skb.dev.ifindex)" "$B_IFINDEX" "behind the same one"
is "$(field selected skb.pkt_type)" 0 "a bit field: to this host"
is "$(field selected skb.protocol)" $((0x0800)) "network byte order"
is "$(field selected skb.next)" 0x0 "a pointer that is NULL"
is "$(field selected skb.next.len)" - "what is behind it"
is "$(fields_of selected | cut -d= -f1 | paste -sd' ')" \
	"skb.dev.mtu skb.pkt_type skb.protocol skb.next skb.dev.ifindex skb.next.len" \
	"in the order in which they are asked for"
capture "$BPFPATH" show -C interface,skb.dev.mtu,gso "$TMP/selected.records"
like "$out" $'\n''  interface  skb.dev.mtu  gso  function'$'\n''  veth-b +'"$B_MTU  -    " \
	"text: columns; of what was not recorded nothing is known"
capture "$BPFPATH" show -o hops "$TMP/selected.records"
like "$out" "  skb.dev.mtu=$B_MTU skb.pkt_type=0 " "hops: a column"

trace_b syn send_syn 10.0.0.1 97 -- -C tcp tcp dst port 97
is "$(field syn tcp.flags) $(field syn tcp.ack)" "S 0" "TCP: a SYN"
ok "... has a window" [ "$(field syn tcp.window)" -gt 0 ]
like "$(field syn tcp.seq)" '^[0-9]+$' "... and a number"
is "$(json syn '.[0].events[0].fields["tcp.flags"]')" S "... and so in JSON"

trace reset send_syn 10.0.0.1 97 -- "${FEW[@]}" -N "$NS_A" -i veth-a -d in -w "$PATIENCE" \
	-o json -W "$TMP/reset.records" -C tcp tcp src port 97
is "$(field reset tcp.flags) $(field reset tcp.window)" "R. 0" "TCP: the answer"

# send_tagged: an echo request in a VLAN, of priority 3
send_tagged()
{
	frame "$(mac_of "$NS_B" veth-b)" 02:00:00:00:00:77 8100 \
		"60640800$(ip4 1 10.0.0.2 10.0.0.1 "$(echo_request 0102)" 9)" |
		inject A frame veth-a
}

trace_b tagged send_tagged -- -C vlan,skb.dev.ifindex vlan 100 and icmp
is "$(fields_of tagged | paste -sd' ')" \
	"vlan.proto=802.1Q vlan.id=100 vlan.priority=3 skb.dev.ifindex=$B_IFINDEX" "a VLAN's tag"
is "$(json tagged '.[0].events[-1].fields["vlan.id"]')" null "... is gone at the end"

# ------------------------------------------------------------ --skb

# picked NAME EXPRESSION OPTIONS...: is the datagram selected?
picked()
{
	trace_b "$1" send_udp 10.0.0.1 99 -- --skb "$2" -w 1 "${@:3}" udp dst port 99
	echo "$STATUS"
}

is "$(picked yes "dev.ifindex == $B_IFINDEX && (mark & 0x10 || pkt_type < 1)")" 0 \
	"--skb: true"
is "$(picked no "!(skb.dev.mtu >= $B_MTU) || mark == 0x10")" 3 "--skb: false"
like "$(cat "$TMP/no.err")" "no packet matched: udp dst port 99, skb !\(skb" "... and says so"
is "$(picked null "next.len == 0")" 3 "--skb: behind a pointer that is NULL it is false"
is "$(picked receive "dev.ifindex == $B_IFINDEX" -s receive)" 0 "--skb: with -s receive"
is "$(picked not "dev.ifindex != $B_IFINDEX" -s receive)" 3 "... and not"
trace out send_udp 10.0.0.1 99 -- "${FEW[@]}" -N "$NS_A" -d out -w "$PATIENCE" \
	--skb "dev.mtu > 0 && skb.dev.ifindex != 0" -o json udp dst port 99
is "$STATUS" 0 "--skb: made here, where it has a device"

# ------------------------------------------------------------ what cannot be

# refused STATUS MESSAGE OPTIONS...
refused()
{
	capture "$BPFPATH" "${FEW[@]}" -N "$NS_B" -w 1 "${@:3}" udp dst port 99
	is "$STATUS" "$1" "${*:3}: exit status"
	like "$err" "$2" "${*:3}: message"
}

refused 4 'the fields of packets \(-C skb.mark\) need -r ring' -C skb.mark -r map
refused 2 "field 'skb.nothing': 'nothing' is no member of struct sk_buff" -C +skb.nothing
refused 2 "--skb 'mark = 1': = 1 is not understood" --skb 'mark = 1'

no_leftovers "nothing is left"
