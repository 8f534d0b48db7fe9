#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: from socket to socket through tunnels and devices is one path
# requires: root tool:receiver kprobes tool:pins
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
. "${BASH_SOURCE%/*}/paths.sh"

# The devices that a datagram passes, by what is between the sockets.
declare -A DEVICES=(
	[pair]="pair-a pair-b"
	[macvlan]="macvlan-a veth-a veth-b"
	[ipvlan]="ipvlan-a low-ipvlan ipvlan-b"
	[bridge]="bridge-a low-bridge bridge-b"
	[vlan]="vlan-a veth-a veth-b vlan-b"
	[vxlan]="vxlan-a macvlan-a veth-a veth-b vxlan-b"
	[geneve]="geneve-a macvlan-a veth-a veth-b geneve-b"
	[gre]="gre-a macvlan-a veth-a veth-b gre-b"
	[gretap]="gretap-a macvlan-a veth-a veth-b gretap-b"
	[ipip]="ipip-a macvlan-a veth-a veth-b ipip-b"
	[sit]="sit-a macvlan-a veth-a veth-b sit-b"
	[gue]="gue-a macvlan-a veth-a veth-b gue-b"
)
ALL=(pair macvlan ipvlan bridge vlan vxlan geneve gre gretap ipip sit gue)

plan $((2 * ${#ALL[@]} + 1))
new_lab || exit 1
add_devices "${ALL[@]}"

# through_all: a datagram each, from A to a socket on B
through_all()
{
	local kind

	for kind in "${KINDS[@]}"; do
		udp_from A "$(address_of "$kind" B)" 99 "$kind"
	done
}

window_open && receive B || exit 1
through_all
wait_for "$PATIENCE" has_families ${#KINDS[@]}
end_receivers
window_take through
number=0
for kind in "${ALL[@]}"; do
	if ! has_kind "$kind"; then
		skip "$kind: the family" "kernel $(uname -r) has no $kind"
		skip "$kind: the devices" "kernel $(uname -r) has no $kind"
		continue
	fi
	number=$((number + 1))
	is "$(tree_of through $number)" "1 - consumed" "$kind: the family"
	is "$(ifaces_of through $number)" "${DEVICES[$kind]}" "$kind: the devices"
done
is "$(gaps through)" "" "no steps are lost"
