#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: -C tcp,gso,vlan,skb.MEMBER and --skb: numbers in the sk_buff of a packet
# requires: root cmd:jq tool:inject tool:segments
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"

# Two mechanisms that have the packet by different means.
ways=(tracepoint tracepoint)
if has_kprobes; then
	ways=(kprobe fentry)
	! grep -qx CONFIG_FPROBE=y "/boot/config-$(uname -r)" || ways=(multi fentry)
fi
plan 51

new_lab || exit 1
read -r B_IFINDEX B_MTU < <(ip -n "$NS_B" -j link show dev veth-b |
	jq -r '.[0] | "\(.ifindex) \(.mtu)"')

# trace_fields NAME TRIGGER OPTIONS...: JSON, and records for what was selected
trace_fields()
{
	trace "$1" "$2" -- "${FEW[@]}" -w "$PATIENCE" -o json -W "$TMP/$1.records" "${@:3}"
}

# fields_of NAME COLUMN VALUE: those of the selection that has this value in this column
fields_of()
{
	paste <(records_in "$TMP/$1.records" select "$2") \
		<(records_in "$TMP/$1.records" select fields) | sed -n "s/^$3\t//p"
}

# field FIELDS NAME: its value there
field()
{
	tr ' ' '\n' <<<"$1" | sed -n "s/^$2=//p"
}

# send_tagged: an echo request in a VLAN, of priority 3
send_tagged()
{
	frame "$(mac_of "$NS_B" veth-b)" 02:00:00:00:00:77 8100 \
		"60640800$(ip4 1 10.0.0.2 10.0.0.1 "$(echo_request 0102)" 9)" |
		inject A frame veth-a
}

# send_small: a datagram
send_small()
{
	send_udp 10.0.0.1 99
}

# send_all: a datagram, a SYN, which is answered, and what has a tag
send_all()
{
	send_small
	send_syn 10.0.0.1 97
	send_tagged
}

# send_both: a small datagram, and three of 100 bytes as one
send_both()
{
	send_small
	on A "$TOOLS/segments" 10.0.0.1 99
}

# add_tunnel_ends: a VXLAN tunnel of id 7, which B's device learns from each packet
add_tunnel_ends()
{
	batch A <<<"link add vxlan-a type vxlan id 7 local 10.0.0.2 remote 10.0.0.1 dstport 4789" &&
		batch B <<<"link add vxlan-b type vxlan external dstport 4789" &&
		set_end A vxlan && set_end B vxlan && join_ends vxlan
}

# send_three: these, and one of more than 100 bytes in the tunnel
send_three()
{
	send_both
	udp_from A "$(address_of vxlan B)" 99 "$(zeros 60)"
}

# ------------------------------------------------------------ -C

# Steps whose fields are not what their other columns say. A packet that is free has none.
OTHERS='[.[].events[:-1][] | select((.fields["skb.len"] != .len) or
	(.ifindex != null and .fields["skb.dev.ifindex"] != .ifindex) or
	(.fields["skb.mark"] != .mark))] | length'

trace_fields all send_all -a "${ways[0]}" -N "$NS_B" -i veth-b -c 4 --stack all --bytes 100 \
	-C skb.len,skb.dev.ifindex,skb.mark,skb.dev.mtu,skb.pkt_type,skb.protocol,skb.next,skb.next.len,tcp,gso,vlan \
	'udp dst port 99 or tcp port 97 or (vlan 100 and icmp)'
is "$STATUS" 0 "${ways[0]}: exit status"
is "$(json all "$OTHERS")" 0 "each step has the numbers of its other columns"
is "$(records_in "$TMP/all.records" step bytes | grep -c '^[0-9a-f]\{40\}')" \
	"$(json all '[.[].events[] | select(.fields)] | length')" "with the bytes before them"
like "$(json all '.[0].end.stack[0]')" '\+0x[0-9a-f]+$' "with the stack behind them"

udp=$(fields_of all dport 99)
is "$(field "$udp" skb.dev.mtu)" "$B_MTU" "behind a pointer"
is "$(field "$udp" skb.dev.ifindex)" "$B_IFINDEX" "behind the same one"
is "$(field "$udp" skb.pkt_type)" 0 "a bit field: to this host"
is "$(field "$udp" skb.protocol)" $((0x0800)) "network byte order"
is "$(field "$udp" skb.next)" 0x0 "a pointer that is NULL"
is "$(field "$udp" skb.next.len)" - "what is behind it"
is "$(cut -d' ' -f1-8 <<<"$udp " | tr ' ' '\n' | cut -d= -f1 | paste -sd' ')" \
	"skb.len skb.dev.ifindex skb.mark skb.dev.mtu skb.pkt_type skb.protocol skb.next skb.next.len" \
	"in the order in which they are asked for"
is "$(field "$udp" tcp.flags) $(field "$udp" gso.size) $(field "$udp" vlan.id)" "- 0 -" \
	"a datagram: no TCP header, no segments to come, no tag"

syn=$(fields_of all dport 97)
is "$(field "$syn" tcp.flags) $(field "$syn" tcp.ack)" "S 0" "TCP: a SYN"
like "$(field "$syn" tcp.seq)" '^[0-9]+$' "... has a number"
ok "... and a window" [ "$(field "$syn" tcp.window)" -gt 0 ]
is "$(json all '.[1].events[0].fields["tcp.flags"]')" S "... and so in JSON"
reset=$(fields_of all sport 97)
is "$(field "$reset" tcp.flags) $(field "$reset" tcp.window)" "R. 0" "TCP: the answer"
is "$(field "$reset" tcp.ack)" $((($(field "$syn" tcp.seq) + 1) & 0xffffffff)) \
	"... to that number"

is "$(grep -o 'vlan[.].*' <<<"$(fields_of all icmp '.*[0-9].*')")" \
	"vlan.proto=802.1Q vlan.id=100 vlan.priority=3" "a VLAN's tag"
is "$(json all '.[3].events[-1].fields["vlan.id"]')" null "... is gone at the end"

capture "$BPFPATH" show -C interface,skb.dev.mtu,gso,skb.priority "$TMP/all.records"
like "$out" $'\n''  interface  skb.dev.mtu  gso +skb.priority  function'$'\n''  veth-b +'"$B_MTU  size 0 segs 0 frags 0 +-  " \
	"text: columns; of what was not recorded nothing is known"
capture "$BPFPATH" show -o hops "$TMP/all.records"
like "$out" " skb.dev.mtu=$B_MTU skb.pkt_type=0 " "hops: a column"

# ------------------------------------------------------------ --skb

trace_fields receive send_both -a "${ways[1]}" -s receive -N "$NS_B" -i veth-b -d in \
	--skb "dev.ifindex == $B_IFINDEX && len > 100" -C skb.len,skb.dev.ifindex,skb.mark \
	udp dst port 99
is "$STATUS" 0 "${ways[1]}, -s receive: exit status"
is "$(json receive "$OTHERS")" 0 "each step has the numbers of its other columns"
ok "--skb: the small one is not selected" [ "$(json receive '.[0].len')" -gt 100 ]

add_tunnel_ends || exit 1
# Where a packet from a tunnel has its id: a route soon takes the place of that.
{ cat "${FEW[1]}" && echo "gro_cells_receive 0"; } >"$TMP/few.list"
trace_fields out send_three -f "$TMP/few.list" -N "$NS_A" -d out -C gso,tunnel,skb.len,skb.sk.sk_protocol -c 2 \
	--skb "len > 100 && skb.dev.mtu > 0" udp dst port 99
is "$STATUS" 0 "--skb: made here, where it has a device"
like "$(fields_of out daddr 10.0.0.1)" '^gso.size=100 gso.segs=3 gso.frags=[01] ' \
	"three segments to come"
is "$(field "$(fields_of out daddr 10.0.0.1)" skb.sk.sk_protocol)" 17 "a member of its socket"
like "$(fields_of out daddr "$(address_of vxlan B)")" ' tunnel.id=- tunnel.proto=- tunnel.saddr=- .*=-$' \
	"in no tunnel yet"

# of_tunnel FIELD: its values in the steps of what goes there, each once
of_tunnel()
{
	json out "[.[1].events[].fields | select(.) | .[\"tunnel.$1\"]] | unique | map(tostring) |
		join(\" \")"
}

is "$(of_tunnel proto) $(of_tunnel saddr) $(of_tunnel daddr) $(of_tunnel dport)" \
	"null udp null 10.4.0.2 null 10.4.0.1 null 99" "a tunnel: the inner flow, where it is in there"
is "$(of_tunnel id)" "null 7" "... and its id, where the kernel tells that"
is "$(json out '[.[0].events[].fields | select(.) | .["tunnel.proto"]] | unique | length')" 1 \
	"... and nothing of what is in none"

trace_fields none send_small -a tracepoint -N "$NS_B" -i veth-b -d in -w 1 \
	--skb "!(skb.dev.mtu >= $B_MTU) || mark & 0x10 || next.len == 0" udp dst port 99
is "$STATUS" 3 "--skb: false, as behind a pointer that is NULL"
like "$(cat "$TMP/none.err")" "no packet matched: udp dst port 99, skb !\(skb" "... and says so"
like "$(cat "$TMP/none.err")" "matched, but for the sk_buff \(--skb !.*: 1 arrived at 'veth-b'" \
	"... and that it matched but for that"

# ------------------------------------------------------------ what cannot be

# refused STATUS MESSAGE OPTIONS...: before anything is attached
refused()
{
	capture "$BPFPATH" "${FEW[@]}" -N "$NS_B" -w 1 "${@:3}" udp dst port 99
	is "$STATUS" "$1" "${*:3}: exit status"
	like "$err" "$2" "${*:3}: message"
	unlike "$err" "tracing" "${*:3}: nothing was attached"
}

refused 4 'the fields of packets \(-C skb.mark\) need -r ring' -C skb.mark -r map
refused 4 'what rules of firewalls say \(-C rules\) needs -r ring' -C rules -r map
refused 2 '--columns: -o tree shows no rules' -C rules -o tree
refused 2 "field 'skb.nothing': 'nothing' is no member of struct sk_buff" -C +skb.nothing
refused 2 "--skb 'mark = 1': = 1 is not understood" --skb 'mark = 1'

no_leftovers "nothing is left"
