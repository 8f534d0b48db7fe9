#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: -s receive: packets are seen before tc, at all interfaces, by one probe
# requires: root cmd:jq tool:inject
# All kernels: the probe reads their sk_buffs. What is the same on all is in
# select_receive_where.t.
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
plan 22

new_lab || exit 1
mount_quietly
# Tracepoints alone, since other probes take a guest longer than all else here; but for
# some traces with whatever auto takes
LOOK=(-s receive -a tracepoint "${FEW[@]}")
RECEIVE=("${LOOK[@]}" -o json -w 20)

# drop_all A|B IFNAME: a program of somebody else, at the first preference of ingress
drop_all()
{
	local pin=/sys/fs/bpf/shot$$

	mkdir -p "$pin"
	"$TOP/build/bpfload" pin "$pin" "$TOOLS/shot.o" shot >&2 &&
		on "$1" tc qdisc add dev "$2" clsact &&
		on "$1" tc filter add dev "$2" ingress pref 1 protocol all \
			bpf direct-action object-pinned "$pin/shot"
	rm -r "$pin"
}

# ------------------------------------------------- no qdisc, no filter, no tc

mkdir "$TMP/bin"
printf '#!/bin/sh\n: >"%s"\n' "$TMP/tc_called" >"$TMP/bin/tc"
chmod +x "$TMP/bin/tc"
PATH=$TMP/bin:$PATH trace plain ping_peer 10.0.0.1 -- "${RECEIVE[@]}" -a auto -N "$NS_B" -d in \
	icmp and dst host 10.0.0.1
is "$STATUS" 0 "exit status"
is "$(selected_at plain)" "ingress veth-b" "selected at ingress"
is "$(json plain '.[0].end.how')" consumed "its end"
ok "tc was not called" [ ! -e "$TMP/tc_called" ]
trace inbound ping_peer 10.0.0.1 -- "${RECEIVE[@]}" -N "$NS_B" -d in inbound and icmp
is "$(selected_at inbound)" "ingress veth-b" "the packet's type is known"

# ------------------------------------------------------------- what tc drops

drop_all B veth-b
before=$(tc_state "$NS_B")
trace dropped ping_peer 10.0.0.1 -- "${RECEIVE[@]}" -a auto -N "$NS_B" -d in icmp
is "$STATUS" 0 "a program of tc drops it: exit status"
is "$(selected_at dropped)" "ingress veth-b" "... it is selected"
is "$(json dropped '.[0].end.how')" dropped "... and its end is shown"
like "$(json dropped '.[0].end.location')" '^(__netif_receive_skb_core|sch_handle_ingress|tc_)' \
	"... with the place"
is "$(tc_state "$NS_B")" "$before" "... and the program stays"
on B tc qdisc del dev veth-b clsact

# ---------------------------------------------------------------------- VLAN

vlan_ping()
{
	ping_ttl A 64 "$(address_of vlan B)"
}

tag_beside()
{
	trace tag vlan_ping -- "${RECEIVE[@]}" -N "$NS_B" -d in 'vlan 100'
	is "$(selected_at tag)" "ingress veth-b" "a tag beside the frame: vlan 100"
	trace behind vlan_ping -- "${RECEIVE[@]}" -N "$NS_B" -d in \
		'vlan 100 and icmp[icmptype] = icmp-echo'
	is "$(selected_at behind)" "ingress veth-b" "... and what is behind it"
	trace untagged vlan_ping -- "${LOOK[@]}" -w 1 -N "$NS_B" -d in \
		icmp and dst host "$(address_of vlan B)"
	is "$STATUS" 3 "... icmp alone is not the tagged packet"
}

add_devices vlan
if [[ " ${KINDS[*]} " = *" vlan "* ]]; then
	tag_beside
else
	for what in "vlan 100" "what is behind it" "icmp alone"; do
		skip "a tag beside the frame: $what" "this kernel has no VLAN devices"
	done
fi

# The tag in the frame's bytes: a packet socket leaves it there.
frame_ping()
{
	local mac source

	mac=$(mac_of "$NS_B" veth-b) source=$(mac_of "$NS_A" veth-a)
	echo "${mac//:/}${source//:/}810000640800$(ip4 1 10.3.0.2 10.3.0.1 \
		"$(echo_request 0102)")" | inject A frame veth-a
}

trace inside frame_ping -- "${RECEIVE[@]}" -N "$NS_B" -d in \
	'vlan 100 and icmp[icmptype] = icmp-echo'
is "$(selected_at inside)" "ingress veth-b" "a tag in the frame"

# ------------------------------------------------------------------- macvlan

trace macvlan ping_peer 10.0.0.1 -- "${RECEIVE[@]}" -N "$NS_A" -d in icmp
is "$(selected_at macvlan)" "ingress veth-a" "a macvlan: seen at the lower device"
unlike "$(cat "$TMP/macvlan.err")" "left out" "... which is looked at"
# ------------------------------------------------------- no link-layer header

open_tun 0
tun_ping()
{
	ip4 1 10.11.0.1 10.11.0.2 "$(echo_request 0102)" >&"$TUN"
}

trace tun tun_ping -- "${RECEIVE[@]}" -N "$NS_A" -i tun-a -d in icmp
is "$(selected_at tun)" "ingress tun-a" "a device without link-layer header"
close_tun

# The linear part ends behind the IP header: ports lie in a page. Where that is, x86 tells.
open_tun 20
large_udp()
{
	ip4 17 10.11.0.1 10.11.0.2 "$(udp 1000 4660 "$(zeros 5000)")" >&"$TUN"
}

trace pages large_udp -- "${LOOK[@]}" -o json -w 2 -N "$NS_A" -i tun-a -d in \
	udp dst port 4660
if grep -q ' vmemmap_base$' /proc/kallsyms; then
	is "$(selected_at pages)" "ingress tun-a" "headers in a page fragment"
else
	like "$(cat "$TMP/pages.err")" \
		"1 packet whose headers lie in page fragments was not looked at" \
		"headers in a page fragment are not passed over in silence"
fi
trace length large_udp -- "${RECEIVE[@]}" -N "$NS_A" -i tun-a -d in len = 5028
is "$(selected_at length)" "ingress tun-a" "... its length is known"
close_tun

# ------------------------------------------------- what passes through, and leaves

add_forwarding
forwarded()
{
	send_udp "$BEYOND" 9
}

trace passing forwarded -- "${RECEIVE[@]}" -a auto -N "$NS_B" -i forward-b -d out udp
is "$(selected_at passing)" "egress forward-b" "-d out: a packet that passes through, where it leaves"
trace leaving forwarded -- "${RECEIVE[@]}" -N "$NS_B" -i forward-b udp
is "$(selected_at leaving)" "egress forward-b" "-d both: the same"
no_leftovers "nothing is left"
