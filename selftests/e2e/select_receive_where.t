#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: -s receive: at which interfaces, in which directions, how many
# requires: root cmd:jq
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
plan 18

new_lab || exit 1
mount_quietly
LOOK=(-s receive -a tracepoint "${FEW[@]}")
RECEIVE=("${LOOK[@]}" -o json -w 20)

ping_some()
{
	tc_state "$NS_B" >"$TMP/meanwhile"
	ping_peer 10.0.0.1
}

trace quiet ping_some -- "${RECEIVE[@]}" -N "$NS_B" icmp and dst host 10.0.0.1
is "$(cat "$TMP/meanwhile")" "" "no qdisc and no filter while it runs"
trace named ping_peer 10.0.0.1 -- "${RECEIVE[@]}" -N "$NS_B" -i veth-b -d in icmp
is "$(selected_at named)" "ingress veth-b" "-i: the interface"
trace other ping_peer 10.0.0.1 -- "${LOOK[@]}" -w 1 -N "$NS_B" -i lo -d in icmp
is "$STATUS" 3 "-i: another interface"
trace all ping_peer 10.0.0.1 -- "${RECEIVE[@]}" -N all -d in icmp and dst host 10.0.0.1
is "$(selected_at all)" "ingress veth-b" "-N all: the interface of a namespace"
trace both ping_peer 10.0.0.1 -- "${RECEIVE[@]}" -N "$NS_B" -d both icmp
is "$(selected_at both)" "ingress veth-b" "-d both: the request, as it comes in"
for read in ring map; do
	trace "read_$read" ping_peer 10.0.0.1 -- "${RECEIVE[@]}" -r "$read" -N "$NS_B" \
		-d in icmp
	is "$(selected_at "read_$read")" "ingress veth-b" "-r $read"
done

two_pings()
{
	ping_peer 10.0.0.1
	ping_peer 10.0.0.1
}

trace two two_pings -- "${RECEIVE[@]}" -c 2 -N "$NS_B" -d in icmp
is "$(json two 'map(.packet) | tostring')" "[1,2]" "-c 2: two packets, each once"

# Nobody follows interfaces, but those of a list.
ip -n "$NS_B" link add gone0 type veth peer name gone1
start_trace gone "${LOOK[@]}" -c 0 -N "$NS_B" -i gone0,veth-b -d in icmp
ip -n "$NS_B" link del gone0
ok "-i: that an interface is gone is told" wait_for "$PATIENCE" \
	grep -q "interface 'gone0' is gone" "$TMP/gone.err"
kill -INT "$PID"
end_trace gone

# ------------------------------------------------------------------- macvlan

# refused NAME OPTION...: a run that does not begin
refused()
{
	STATUS=0
	"$BPFPATH" "${LOOK[@]}" -d in "${@:2}" >"$TMP/$1.out" 2>"$TMP/$1.err" ||
		STATUS=$?
	show_talk "$1"
}

refused alone -N "$NS_A" -i macvlan-a icmp
is "$STATUS" 2 "-i of a macvlan: nothing is seen there"
like "$(cat "$TMP/alone.err")" \
	"left out: interface 'macvlan-a': what arrives there is received by 'veth-a' \(macvlan\)" \
	"... and it says where"

trace short ping_peer 10.0.0.1 -- "${RECEIVE[@]}" -N "$NS_A" icmp 10.0.0.1
is "$(selected_at short)" "ingress veth-a" "a macvlan: seen at the lower device by the short form as well"
ip -n "$NS_A" link add link veth-a name mv-b type macvlan
ip -n "$NS_A" link set mv-b netns "$NS_B"
trace far ping_peer 10.0.0.1 -- "${RECEIVE[@]}" -N "$NS_B" -d in icmp
like "$(cat "$TMP/far.err")" \
	"'mv-b': what arrives there is received by an interface of another namespace" \
	"a macvlan on an interface elsewhere is named"

# ------------------------------------------------------- no link-layer header

open_tun 0
refused tun_ether -N "$NS_A" -i tun-a ether host 02:00:00:00:00:01
is "$STATUS" 2 "no link-layer header: an expression may make no sense"
close_tun

# ------------------------------------------------- what passes through, and leaves

add_forwarding
forwarded()
{
	send_udp "$BEYOND" 9
}

trace once forwarded -- "${RECEIVE[@]}" -c 2 -w 2 -N "$NS_B" udp
is "$(json once 'map(.hook) | tostring')" '["ingress"]' "what passes through: seen as it comes in, once"
trace made ping_peer 10.0.0.1 -- "${RECEIVE[@]}" -N "$NS_A" -d out icmp
is "$(json made '.[0].hook')" output "-d out: a packet that is made here"
trace who ping_peer 10.0.0.1 -- "${RECEIVE[@]}" -N "$NS_A" -d out --comm ping icmp
is "$(json who '.[0].hook')" output "--comm: by the output probes alone"

no_leftovers "nothing is left"
