#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: what is made of a packet, by the ways that it can go
# requires: root cmd:gcc cmd:clang cmd:tcpdump cmd:nft kprobes
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/kin.sh"

# One trace sees one packet after another. Each goes its own way, for which
# something is set up and taken away again; when all of its family have ended the
# next one goes.

RECEIVER=$TMP/receiver
MROUTER=$TMP/mrouter
GROUP4=239.1.1.1
GROUP6=ff15::77
BEYOND6=fd00:14::9	# B forwards to it, if the packet is small enough
NATTED=10.0.0.9		# B translates it to an address of A
FILTER="(icmp[icmptype] = icmp-echo and ip[8] = 77) or
	(icmp6 and ip6[40] = 128 and ip6[7] = 77) or udp dst port 99 or tcp or
	(icmp[icmptype] = icmp-echoreply and dst host $(address_of forward B))"

declare -A PACKET	# by way: the number of its packet in the trace
RECEIVERS=()
TRACE=			# the trace's process

new_lab && compile "$RECEIVER" "$MROUTER" "$LISTENER" && make_inject || exit 1

# ---------------------------------------------------------------- sending

# families: how many are printed
families()
{
	grep -c '^select' "$TMP/ways.out"
}

has_families()
{
	[ "$(families)" -ge "$1" ]
}

# went_as WAY NUMBER: waits for that family, if it is not there already
went_as()
{
	if wait_for "$PATIENCE" has_families "$2"; then
		PACKET[$1]=$2
	else
		diag "$1: no family is printed"
	fi
}

# sent WAY COMMAND...: what the command sends is the next packet of the trace
sent()
{
	local number=$(($(families) + 1))

	"${@:2}" || true
	went_as "$1" "$number"
}

ping4()
{
	ping_ttl A 77 "$@"
}

# rules A|B: nft(8) commands
rules()
{
	on "$1" nft -f - >&2
}

# on_link A|B COMMAND...: tc(8) in that namespace
tc_in()
{
	tc -n "bpfpath-$LAB-$1" "${@:2}" >&2
}

# receive A|B [GROUP IFNAME COUNT]: receiver.c, at port 99; adds to RECEIVERS
receive()
{
	local name=receiver-$1

	rm -f "$TMP/$name.out"
	in_background "$name" nsenter "--net=/run/netns/bpfpath-$LAB-$1" -- \
		"$RECEIVER" 99 "${@:2}"
	RECEIVERS+=("$PID")
	wait_for "$PATIENCE" test -s "$TMP/$name.out"
}

end_receivers()
{
	kill "${RECEIVERS[@]}"
	wait "${RECEIVERS[@]}" 2>/dev/null || true
	RECEIVERS=()
}

# ---------------------------------------------------------------- taps

# start_tcpdump A|B IFNAME: sets PID
start_tcpdump()
{
	in_background tcpdump nsenter "--net=/run/netns/bpfpath-$LAB-$1" -- \
		tcpdump -n -i "$2" --immediate-mode -U -w "$TMP/$1.pcap" icmp
	wait_for "$PATIENCE" grep -q 'listening on' "$TMP/tcpdump.err"
}

stop_tcpdump()
{
	kill "$PID"
	wait_end "$PID" 2>/dev/null || true
}

# requests_in A|B: how many tcpdump has written there
requests_in()
{
	tcpdump -n -r "$TMP/$1.pcap" 2>/dev/null | grep -c 'echo request'
}

by_tcpdump_out()
{
	start_tcpdump A macvlan-a
	sent tcpdump_out ping4 10.0.0.1
	stop_tcpdump
}

by_tcpdump_in()
{
	start_tcpdump B veth-b
	sent tcpdump_in ping4 10.0.0.1
	stop_tcpdump
}

# A packet socket without a ring keeps an sk_buff.
by_tap_in()
{
	listen B packet veth-b
	sent tap_in ping4 10.0.0.1
	mute
}

# ---------------------------------------------------------------- copies

by_mirror()
{
	tc_in B qdisc add dev veth-b clsact &&
		tc_in B filter add dev veth-b ingress matchall \
			action mirred egress mirror dev sink &&
		sent mirror ping4 10.0.0.1
	tc_in B qdisc del dev veth-b clsact
}

by_dup()
{
	rules B <<-END && sent dup ping4 10.0.0.1
		table ip copies {
			chain in {
				type filter hook prerouting priority 0
				ip ttl 77 dup to 10.14.0.9 device sink
			}
		}
	END
	rules B <<<"delete table ip copies"
}

by_netem()
{
	tc_in A qdisc add dev veth-a root netem duplicate 100% &&
		sent netem ping4 10.0.0.1
	tc_in A qdisc del dev veth-a root
}

# What a tap has a clone of has to be copied before netem may write to it.
by_corrupt()
{
	tc_in A qdisc add dev veth-a root netem corrupt 100% || return
	listen A packet macvlan-a
	sent corrupt ping4 10.0.0.1
	mute
	tc_in A qdisc del dev veth-a root
}

# ---------------------------------------------------------------- many

by_broadcast()
{
	sent broadcast ping4 10.0.0.255 -b
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

# B sends it on through a tunnel: it has no room for the headers of that.
by_headroom()
{
	batch B <<-END || return
		link add vxlan-h type vxlan id 11 dstport 4789 \
			local $(address_of forward B) remote $(address_of forward A)
		link set vxlan-h up
		addr add 10.19.0.1/24 dev vxlan-h
		neigh add 10.19.0.9 dev vxlan-h lladdr 02:00:00:00:00:77
	END
	sent headroom ping4 10.19.0.9
	batch B <<<"link del vxlan-h"
}

# by_group WAY ADDRESS: two sockets on each node are members
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
	in_background mrouter nsenter "--net=/run/netns/$NS_B" -- "$MROUTER" \
		10.0.0.2 239.4.4.4 veth-b forward-b narrow-b
	RECEIVERS+=("$PID")
	wait_for "$PATIENCE" test -s "$TMP/mrouter.out" &&
		sent mroute ping4 239.4.4.4
	end_receivers
}

# ---------------------------------------------------------------- parts

# The socket has made them.
by_fragments6()
{
	receive B && sent fragments6 udp_from A fd00::1 99 "$(zeros 1500)"
	end_receivers
}

# B's connection tracking puts the fragments together, and they are sent on as they
# came.
by_again()
{
	rules B <<-END || return
		table ip tracked {
			chain in {
				type filter hook prerouting priority 0
				ct state invalid drop
			}
		}
	END
	sent again udp_from A "$BEYOND" 99 "$(zeros 1500)"
	rules B <<<"delete table ip tracked"
}

# What does not fit ends there; the ICMP message about it is none of its family.
by_too_big6()
{
	sent too_big6 ping_ttl A 77 "$BEYOND6" -s 1400
}

# tcp_frame BYTES: a TCP segment from A to BEYOND that says so much
tcp_frame()
{
	local tcp

	tcp=$(printf '%04x%04x%08x%08x5018ffff00000000%s' 1234 99 1 1 \
		"$(zeros "$1")")
	frame "$(mac_of "$NS_B" veth-b)" "$(mac_of "$NS_A" macvlan-a)" 0800 \
		"$(ip4 6 10.0.0.2 "$BEYOND" "$tcp")"
}

gso_frame()
{
	tcp_frame 3500 | inject A gso macvlan-a 1000
}

# The device that B sends it on by takes no more than one segment at once.
by_gso()
{
	batch B <<<"link set forward-b gso_max_segs 1" || return
	sent gso gso_frame
	batch B <<<"link set forward-b gso_max_segs 65535"
}

# ---------------------------------------------------------------- translation

# A sends to NATTED; B makes it a packet from B to A, and of A's answer one from
# NATTED. It is the answer's packet that tells which addresses A has seen. A tap
# has a clone of the request before B writes to it.
by_nat()
{
	rules B <<-END || return
		table ip nat {
			chain in {
				type nat hook prerouting priority -100
				ip daddr $NATTED dnat to $(address_of forward A)
			}
			chain out {
				type nat hook postrouting priority 100
				oifname forward-b snat to $(address_of forward B)
			}
		}
	END
	listen B packet veth-b
	sent nat ping4 "$NATTED"
	went_as answer $((PACKET[nat] + 1))
	mute
	rules B <<<"delete table ip nat"
}

# ---------------------------------------------------------------- XDP

# by_xdp WAY MODE FLAG...: with the program that verdict.c makes with the flags
by_xdp()
{
	"${CLANG:-clang}" -O2 -target bpf "${@:3}" -c -o - \
		-idirafter "/usr/include/$(uname -m)-linux-gnu" \
		"$TOP/selftests/e2e/verdict.c" >"$TMP/verdict.o" &&
		batch B <<<"link set veth-b $2 object $TMP/verdict.o section xdp" &&
		sent "$1" ping4 10.0.0.1
	batch B <<<"link set veth-b $2 off"
}

ifindex_of()
{
	ip -n "bpfpath-$LAB-$1" -o link show dev "$2" | cut -d: -f1
}

# ---------------------------------------------------------------- the trace

set_up()
{
	add_forwarding && batch A <<-END && batch B <<-END2 || return
		addr add $(address_of forward A)/24 dev low-forward
		link add macvlan-c link veth-a type macvlan mode bridge
		link set macvlan-c up
		route add 239.0.0.0/8 dev macvlan-a
		route add $GROUP6/128 dev macvlan-a table local
		route add $BEYOND6/128 via fd00::1
		route add 10.19.0.9 via 10.0.0.1
		link add narrow-a type veth peer name narrow-b netns $NS_B
		link set narrow-a up
	END
		link set narrow-b mtu 1280 up
		addr add fd00:14::1/64 dev narrow-b nodad
		addr add 10.0.0.11/24 dev veth-b
		link add sink type dummy
		link set sink up
		addr add 10.14.0.1/24 dev sink
	END2
	set_neighbours "$NS_A" macvlan-a "$(mac_of "$NS_B" veth-b)" \
		10.0.0.11 "$NATTED"
	set_neighbours "$NS_A" low-forward "$(mac_of "$NS_B" forward-b)" \
		"$(address_of forward B)"
	set_neighbours "$NS_B" forward-b "$(mac_of "$NS_A" low-forward)" \
		"$(address_of forward A)"
	on B sh -c 'echo 1 >/proc/sys/net/ipv6/conf/all/forwarding'
}

# add_outputs: sets OUTPUTS to the devices that packets leave A by
add_outputs()
{
	local kind

	OUTPUTS=macvlan-a,low-forward
	for kind in bond flood unicast twice; do
		if "add_$kind"; then
			OUTPUTS+=,$kind-a
		else
			diag "kernel $(uname -r) has no such device as $kind"
		fi
	done
}

all_ways()
{
	local way

	for way in tcpdump_out tcpdump_in tap_in mirror dup netem corrupt \
		broadcast bond flood unicast twice headroom group4 group6 \
		mroute fragments6 again too_big6 gso nat; do
		"by_$way" || diag "$way: not sent"
	done
	by_xdp xdp_generic xdpgeneric -DVERDICT=XDP_PASS
	by_xdp xdp_generic_tx xdpgeneric -DVERDICT=XDP_TX
	by_xdp xdp_generic_to xdpgeneric "-DTO=$(ifindex_of B sink)"
	by_xdp xdp_tx xdpdrv -DVERDICT=XDP_TX
	by_xdp xdp_drop xdpdrv -DVERDICT=XDP_DROP
	by_xdp xdp_to xdpdrv "-DTO=$(ifindex_of B forward-b)"
}

# went WAY TREE WHAT: what became of the packet that went this way. veth rebuilds
# a packet for XDP by itself where there is no skb_pp_cow_data().
went()
{
	if [ "${PACKET[$1]}" ]; then
		is "$(tree_of ways "${PACKET[$1]}" |
			sed 's/ veth_[a-z_.]* / skb_pp_cow_data /
				s/\(skb_copy\) [a-z]*$/\1/')" "$2" "$3"
	else
		skip "$3" "not sent on $(uname -r)"
	fi
}

# times_at WAY FUNC: how often its packet was there
times_at()
{
	paste <(records ways step packet) <(records ways step func) |
		grep -cx "${PACKET[$1]}"$'\t'"$2"
}

# passed WAY DEVICES WHAT
passed()
{
	if [ "${PACKET[$1]}" ]; then
		is "$(ifaces_of ways "${PACKET[$1]}")" "$2" "$3: the devices"
	else
		skip "$3: the devices" "not sent on $(uname -r)"
	fi
}

plan 37
set_up || exit 1
add_outputs
modprobe -q nf_nat	# to be probed it has to be there
list_with 'nf_nat_manip_pkt 0' 'dev_hard_start_xmit 0'
start_trace ways -o records -f "$TMP/kin.list" -N "$NS_A" -i "$OUTPUTS" \
	-d out -c 0 "$FILTER" || exit 1
TRACE=$PID
all_ways
kill -INT "$TRACE"
PID=$TRACE
end_trace ways
is "$STATUS" 0 "exit status"
is "$(gaps ways)" "" "no steps are lost"

went tcpdump_out "1 - consumed|1.1 skb_clone consumed" \
	"tcpdump, a packet that leaves"
# Its clone, if it has one at all, is older than the selection at tc's ingress;
# this packet was selected before, and tcpdump copies it to its ring.
went tcpdump_in "1 - consumed" "tcpdump, a packet that arrives"
is "$(requests_in A) $(requests_in B)" "1 1" "tcpdump has both"
went tap_in "1 - consumed|1.1 skb_clone consumed" \
	"packet socket, a packet that arrives"
went mirror "1 - consumed|1.1 skb_clone consumed" "tc: mirred mirror"
went dup "1 - consumed|1.1 __pskb_copy_fclone consumed" "nft: dup"
went netem "1 - consumed|1.1 skb_clone consumed" "netem: duplicate"
# What netem does to the copy may keep it from arriving.
went corrupt "1 - consumed|1.1 skb_clone consumed|1.2 skb_copy" \
	"netem: corrupt, of what a tap has a clone of"
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
# The sk_buff of the last one holds the first one's then, and a clone has its own.
went again "1 - consumed|1.1 ip_fraglist_prepare dropped|1.2 ip_fraglist_prepare dropped|1.2.1 skb_clone dropped" \
	"conntrack: fragments, put together and sent on as fragments"
# What has been put together is freed in another way by older kernels.
like "$(tree_of ways "${PACKET[fragments6]}")" \
	'^1 - consumed\|1.1 ip6_fragment [a-z]*\|1.2 ip6_fragment consumed\|1.2.1 skb_clone [a-z]*$' \
	"IPv6: fragments and reassembly"
went too_big6 "1 - dropped" "IPv6: too big to be sent on"
like "$(paste <(records ways end packet) <(records ways end location) |
	grep "^${PACKET[too_big6]}"$'\t')" 'ip6_forward\+0x' \
	"IPv6: too big: where it ends"
went gso "1 - consumed|1.1 skb_segment dropped|1.2 skb_segment dropped|1.3 skb_segment dropped|1.4 skb_segment dropped" \
	"TCP: segments of a packet sent on"
went headroom "1 - dropped" "sent on into a tunnel"
passed headroom "macvlan-a veth-a veth-b vxlan-h forward-b low-forward" \
	"sent on into a tunnel"
went nat "1 - consumed|1.1 skb_clone consumed" "NAT: the request"
passed nat "macvlan-a veth-a veth-b forward-b low-forward" "NAT: the request"
is "$(times_at nat nf_nat_manip_pkt) $(times_at answer nf_nat_manip_pkt)" \
	"2 2" "NAT: source and destination, both ways"
# The tap's clone, and that which older kernels make for a ping socket.
like "$(tree_of ways "${PACKET[answer]}")" \
	'^1 - consumed\|1.1 skb_clone consumed(\|1.2 skb_clone consumed)?$' \
	"NAT: the answer"
passed answer "low-forward forward-b veth-b macvlan-a" "NAT: the answer"
went xdp_generic "1 - consumed" "generic XDP: pass"
went xdp_generic_tx "1 - dropped" "generic XDP: back"
went xdp_generic_to "1 - consumed" "generic XDP: to another device"
went xdp_tx "1 - consumed|1.1 skb_pp_cow_data consumed" "XDP: back"
went xdp_to "1 - consumed|1.1 skb_pp_cow_data consumed" \
	"XDP: to another device"
went xdp_drop "1 - consumed|1.1 skb_pp_cow_data dropped" "XDP: dropped"

no_leftovers "nothing is left"
