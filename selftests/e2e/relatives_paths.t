#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: what is made of a packet, by the paths that it can take
# requires: root tool:inject tool:listener tool:receiver cmd:clang cmd:tcpdump cmd:nft kprobes tool:pins
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
. "${BASH_SOURCE%/*}/paths.sh"
plan 30

BEYOND6=fd00:14::9	# B forwards to it, if the packet is small enough
NATTED=10.0.0.9		# B translates it to an address of A

new_lab || exit 1

# tc_in A|B COMMAND...: tc(8) in that namespace
tc_in()
{
	tc -n "bpfpath-$LAB-$1" "${@:2}" >&2
}

# rules A|B: nft(8) commands
rules()
{
	on "$1" nft -f - >&2
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

# ---------------------------------------------------------------- a tunnel, translation

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

# by_xdp NAME MODE FLAG...: with the program that verdict.c makes with the flags
by_xdp()
{
	clang -O2 -target bpf "${@:3}" -c -o - \
		-idirafter "/usr/include/$(uname -m)-linux-gnu" \
		"$TOP/selftests/e2e/verdict.c" >"$TMP/verdict.o" &&
		batch B <<<"link set veth-b $2 object $TMP/verdict.o section xdp" &&
		sent "$1" ping4 10.0.0.1
	batch B <<<"link set veth-b $2 off"
}

# ---------------------------------------------------------------- the trace

set_up()
{
	add_forwarding && batch A <<-END && batch B <<-END2 || return
		addr add $(address_of forward A)/24 dev low-forward
		route add $BEYOND6/128 via fd00::1
		route add 10.19.0.9 via 10.0.0.1
		link add narrow-a type veth peer name narrow-b netns $NS_B
		link set narrow-a up
	END
		link set narrow-b mtu 1280 up
		addr add fd00:14::1/64 dev narrow-b nodad
		link add sink type dummy
		link set sink up
		addr add 10.14.0.1/24 dev sink
	END2
	set_neighbours "$NS_A" macvlan-a "$(mac_of "$NS_B" veth-b)" "$NATTED"
	set_neighbours "$NS_A" low-forward "$(mac_of "$NS_B" forward-b)" \
		"$(address_of forward B)"
	set_neighbours "$NS_B" forward-b "$(mac_of "$NS_A" low-forward)" \
		"$(address_of forward A)"
	on B sh -c 'echo 1 >/proc/sys/net/ipv6/conf/all/forwarding'
}

by_all()
{
	go_by tcpdump_out tcpdump_in tap_in mirror dup netem corrupt \
		fragments6 again too_big6 gso headroom nat
	by_xdp xdp_generic xdpgeneric -DVERDICT=XDP_PASS
	by_xdp xdp_generic_tx xdpgeneric -DVERDICT=XDP_TX
	by_xdp xdp_generic_to xdpgeneric "-DTO=$(ifindex_of "$NS_B" sink)"
	by_xdp xdp_tx xdpdrv -DVERDICT=XDP_TX
	by_xdp xdp_drop xdpdrv -DVERDICT=XDP_DROP
	by_xdp xdp_to xdpdrv "-DTO=$(ifindex_of "$NS_B" forward-b)"
}

set_up || exit 1
trace_paths all
is "$(gaps paths)" "" "no steps are lost"

# became NAME: what became of the packet and its relatives
became()
{
	"$BPFPATH" -o json show "$TMP/paths.out" 2>/dev/null |
		jq -r "select(.packet == ${PACKET[$1]:-0}) | [.end.what,
			.relatives[].end.what] | join(\", \")"
}

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
like "$(tree_of paths "${PACKET[corrupt]}")" \
	'^1 - consumed\|1.1 skb_clone consumed\|1.2 skb_copy [a-z]*$' \
	"netem: corrupt, of what a tap has a clone of"
# The sk_buff of the last one holds the first one's then, and a clone has its own.
went again "1 - consumed|1.1 ip_fraglist_prepare dropped|1.2 ip_fraglist_prepare dropped|1.2.1 skb_clone dropped" \
	"conntrack: fragments, put together and sent on as fragments"
# What has been put together is freed in another way by older kernels.
like "$(tree_of paths "${PACKET[fragments6]}")" \
	'^1 - consumed\|1.1 ip6_fragment [a-z]*\|1.2 ip6_fragment consumed\|1.2.1 skb_clone [a-z]*$' \
	"IPv6: fragments and reassembly"
went too_big6 "1 - dropped" "IPv6: too big to be sent on"
like "$(paste <(records paths end packet) <(records paths end location) |
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
like "$(tree_of paths "${PACKET[answer]}")" \
	'^1 - consumed\|1.1 skb_clone consumed(\|1.2 skb_clone consumed)?$' \
	"NAT: the answer"
passed answer "low-forward forward-b veth-b veth-a macvlan-a" "NAT: the answer"
went xdp_generic "1 - consumed" "generic XDP: pass"
went xdp_generic_tx "1 - dropped" "generic XDP: back"
went xdp_generic_to "1 - consumed" "generic XDP: to another device"
went xdp_tx "1 - consumed|1.1 skb_pp_cow_data consumed" "XDP: back"
went xdp_to "1 - consumed|1.1 skb_pp_cow_data consumed" \
	"XDP: to another device"
if since 6 8; then
	is "$(became xdp_tx)" "copied into another packet, taken by XDP" \
		"XDP: back: in words"
	is "$(became xdp_to)" "copied into another packet, taken by XDP" \
		"XDP: to another device: in words"
else
	skip "XDP: back: in words" "veth rebuilds it by itself here, or nobody tells who frees it"
	skip "XDP: to another device: in words" "the same"
fi
went xdp_drop "1 - consumed|1.1 skb_pp_cow_data dropped" "XDP: dropped"
is "$(families)" "${#PACKET[@]}" "no other families"
