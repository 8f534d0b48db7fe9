#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: what is made of a packet that goes to many
# requires: root tool:receiver tool:mrouter kprobes tool:pins
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
. "${BASH_SOURCE%/*}/paths.sh"
plan 10

GROUP4=239.1.1.1
GROUP6=ff15::77

new_lab || exit 1

# ---------------------------------------------------------------- devices

# Which multicasts another macvlan gets is a matter of a hash that no two boots share:
# it is down for all others.
by_broadcast()
{
	sent broadcast ping4 10.0.0.255 -b
	batch A <<<"link set macvlan-c down"
}

# add_ports KIND ADDRESS: two veth pairs under the device KIND-a, which gets the
# address
add_ports()
{
	batch A <<-END
		link add $1-x type veth peer name $1-far-x
		link add $1-y type veth peer name $1-far-y
		link set $1-far-x up
		link set $1-far-y up
		link set $1-x master $1-a
		link set $1-y master $1-a
		link set $1-x up
		link set $1-y up
		link set $1-a up
		addr add $2/24 dev $1-a
	END
}

add_bond()
{
	batch A <<<"link add bond-a type bond mode broadcast" &&
		add_ports bond 10.15.0.2 &&
		set_neighbours "$NS_A" bond-a 02:00:00:00:00:77 10.15.0.9
}

by_bond()
{
	sent bond ping4 10.15.0.9
}

# Nobody looks who is a member of a group: to all ports.
add_flood()
{
	batch A <<<"link add flood-a type bridge mcast_snooping 0" &&
		add_ports flood 10.16.0.2 &&
		batch A <<<"route add 239.2.2.2 dev flood-a"
}

by_flood()
{
	sent flood ping4 239.2.2.2
}

# Each member of the group gets a packet of its own.
add_unicast()
{
	batch A <<-END &&
		link add unicast-a type bridge mcast_query_response_interval 1
		link set unicast-a type bridge mcast_querier 1
	END
		add_ports unicast 10.17.0.2 &&
		batch A <<<"route add 239.3.3.3 dev unicast-a" &&
		on A bridge -batch - >&2 <<-END
			mdb add dev unicast-a port unicast-x grp 239.3.3.3 permanent
			mdb add dev unicast-a port unicast-y grp 239.3.3.3 permanent
			link set dev unicast-x mcast_to_unicast on
			link set dev unicast-y mcast_to_unicast on
		END
}

by_unicast()
{
	sent unicast ping4 239.3.3.3
}

add_twice()
{
	batch A <<-END &&
		link add twice-a type vxlan id 9 dstport 4789 local 10.0.0.2
		link set twice-a up
		addr add 10.18.0.2/24 dev twice-a
	END
		on A bridge -batch - >&2 <<-END &&
			fdb append 00:00:00:00:00:00 dev twice-a dst 10.0.0.1
			fdb append 00:00:00:00:00:00 dev twice-a dst 10.0.0.11
		END
		set_neighbours "$NS_A" twice-a 02:00:00:00:00:77 10.18.0.9
}

by_twice()
{
	sent twice ping4 10.18.0.9
}

# ---------------------------------------------------------------- groups

# by_group NAME ADDRESS: two sockets on each node are members
by_group()
{
	receive A "$2" macvlan-a 2 && receive B "$2" veth-b 2 &&
		sent "$1" udp_from A "$2" 99 hello
	end_receivers
}

by_group4()
{
	by_group group4 "$GROUP4"
}

by_group6()
{
	by_group group6 "$GROUP6"
}

# B is a router for the group, to two more devices.
by_mroute()
{
	serve B mrouter "$TOOLS/mrouter" \
		10.0.0.2 239.4.4.4 veth-b forward-b many-b &&
		sent mroute ping4 239.4.4.4
	mute
}

# ---------------------------------------------------------------- the trace

set_up()
{
	add_forwarding && add_pair many && batch A <<-END && batch B <<-END2 || return
		link add macvlan-c link veth-a type macvlan mode bridge
		link set macvlan-c up
		route add 239.0.0.0/8 dev macvlan-a
		route add $GROUP6/128 dev macvlan-a table local
	END
		link set many-b up
		addr add 10.0.0.11/24 dev veth-b
	END2
	set_neighbours "$NS_A" macvlan-a "$(mac_of "$NS_B" veth-b)" 10.0.0.11
}

# add_outputs: sets HERE to the paths for which A has a device now
add_outputs()
{
	local kind

	HERE=()
	for kind in bond flood unicast twice; do
		if "add_$kind"; then
			HERE+=("$kind")
		else
			diag "kernel $(uname -r) has no such device as $kind"
		fi
	done
}

set_up || exit 1
add_outputs
trace_paths broadcast "${HERE[@]}" group4 group6 mroute
is "$(gaps paths)" "" "no steps are lost"
went broadcast "1 - dropped|1.1 skb_clone dropped|1.2 skb_clone dropped" \
	"broadcast: to itself, and to another macvlan"
went bond "1 - dropped|1.1 skb_clone dropped" "bond: broadcast"
went flood "1 - dropped|1.1 skb_clone dropped" "bridge: multicast flooding"
went unicast "1 - dropped|1.1 __pskb_copy_fclone dropped|1.2 __pskb_copy_fclone dropped" \
	"bridge: multicast to unicast"
went twice "1 - dropped|1.1 skb_clone dropped" "vxlan: two default destinations"
for version in 4 6; do
	went group$version "1 - consumed|1.1 skb_clone consumed|1.1.1 skb_clone consumed|1.2 skb_clone consumed" \
		"multicast of IPv$version: to itself, two sockets each"
done
went mroute "1 - dropped|1.1 skb_clone dropped" "multicast routing"
is "$(families)" "${#PACKET[@]}" "no other families"
