#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: which packets are shown, and how many
# requires: root cmd:jq
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 21

new_lab || exit 1

others_then_udp()
{
	ping_peer 10.0.0.1
	send_syn 10.0.0.1 9
	send_udp fd00::1 9
	send_udp 10.0.0.1 9
}

trace other others_then_udp -- "${FEW[@]}" -N "$NS_B" -o json -w 20 udp 10.0.0.2
is "$STATUS" 0 "other packets: exit status"
mapfile -t got < <(json other 'length, .[0].end.location')
is "${got[0]}" 1 "other packets: one path"
like "${got[1]}" '^(__udp4_lib_rcv|udp_)' \
	"other packets: it is that of the datagram"

two_pings()
{
	ping_peer 10.0.0.1
	ping_peer 10.0.0.1
}

trace two two_pings -- "${FEW[@]}" -N "$NS_A" -i any -c 2 -o json -w 20 \
	icmp 10.0.0.1
is "$STATUS" 0 "-c 2: exit status"
mapfile -t got < <(json two '(map(.packet) | tostring),
	(map(.end.how) | unique | join(",")),
	(map([.skb, .start_ns]) | unique | length)')
is "${got[0]}" '[1,2]' "-c 2: two packets"
is "${got[1]}" consumed "-c 2: both ends"
is "${got[2]}" 2 \
	"-c 2: -i any selects each packet once"

three_paths()
{
	ping_peer 10.0.0.1
	has_lines many 3
}

start_trace many "${FEW[@]}" -N "$NS_A" -i any -c 0 -o json icmp 10.0.0.1
ok "-c 0: three paths" wait_for "$PATIENCE" three_paths
kill -INT "$PID"
end_trace many
is "$STATUS" 0 "-c 0: exit status after SIGINT"
is "$(json many 'map(.packet)[:3]|tostring')" '[1,2,3]' "-c 0: three packets"

trace out ping_peer 10.0.0.1 -- "${FEW[@]}" -N "$NS_B" -i veth-b -d out \
	-o records -w 20 icmp 10.0.0.1
is "$STATUS" 0 "-d out: exit status"
# without kprobes, the interface is the first to see it
has_kprobes && want=output || want=egress
is "$(records out select func)" "$want" "-d out: selected on its way out"
is "$(records out select ifindex)" "$(ifindex_of "$NS_B" veth-b)" \
	"-d out: at the interface"

# On its way through B: the request comes in, the reply goes out.
trace both ping_peer 10.0.0.1 -- "${FEW[@]}" -N "$NS_B" -i veth-b -d both \
	-o records -w 20 icmp 10.0.0.2
is "$(records both select func)" ingress "-d both: selected on its way in"

trace macvlan ping_peer 10.0.0.1 -- "${FEW[@]}" -N "$NS_A" -o records -w 20 \
	icmp 10.0.0.1
is "$(records macvlan select ifindex)" "$(ifindex_of "$NS_A" macvlan-a)" \
	"without -i: the interface of the route"

trace listed ping_peer 10.0.0.1 -- "${FEW[@]}" -N "$NS_A" -i lo,veth-a \
	-o records -w 20 icmp 10.0.0.1
is "$(records listed select ifindex)" "$(ifindex_of "$NS_A" veth-a)" \
	"-i with two interfaces"

nowhere()
{
	STATUS=0
	"$BPFPATH" "$@" >"$TMP/nowhere.out" 2>"$TMP/nowhere.err" || STATUS=$?
	show_talk nowhere
}

nowhere -N "$NS_A" -i eth77 icmp 10.0.0.1
is "$STATUS" 1 "no such interface: exit status"
like "$(cat "$TMP/nowhere.err")" "no such interface: 'eth77'" \
	"no such interface: message"
nowhere -N "$NS_A"x icmp 10.0.0.1
is "$STATUS" 1 "no such namespace: exit status"
like "$(cat "$TMP/nowhere.err")" "no such network namespace: '${NS_A}x'" \
	"no such namespace: message"
no_leftovers "nothing is left"
