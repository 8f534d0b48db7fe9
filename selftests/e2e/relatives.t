#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: what is made of a packet is followed, too: clones, copies, parts
# requires: root cmd:jq tool:pins tool:listener tool:segments tool:inject cmd:clang kprobes
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
. "${BASH_SOURCE%/*}/paths.sh"
plan 8

new_lab || exit 1

# ------------------------------------------------------------ sockets

# A raw socket on B has a clone of the request, beside the kernel's own ICMP.
by_raw()
{
	listen B raw
	sent raw ping_peer 10.0.0.1
	mute
}

# ------------------------------------------------------------ a bridge

add_devices bridge
batch A <<-END
	link add port-x type veth peer name far-x
	link add port-y type veth peer name far-y
	link set port-x master bridge-a up
	link set port-y master bridge-a up
	link set far-x up
	link set far-y up
END
# Its own address is not known there: to all three ports.
by_flooded()
{
	set_neighbours "$NS_A" bridge-a 02:00:00:00:00:77 10.1.0.77
	sent flooded ping_peer 10.1.0.77
}

# ------------------------------------------------------------ segments

# veth-a is said to take no more than one segment at once.
ip -n "$NS_A" link set veth-a gso_max_segs 1
by_gso()
{
	sent gso on A "$TOOLS/segments" 10.0.0.1 99
}

# ------------------------------------------------------------ fragments

# B sends on what does not fit.
add_forwarding
ip -n "$NS_B" link set forward-b mtu 600
by_far()
{
	sent far on A ping -n -c 1 -W 1 -s 1000 -M dont "$BEYOND" >/dev/null
}

# The socket has made them; B puts them together again, in the sk_buff of the
# last one, a clone of which keeps what that held.
by_big()
{
	sent big on A ping -n -c 1 -W 1 -s 3000 10.0.0.1 >/dev/null
}

# fragment OFFSET MORE: 24 bytes of a datagram, as a frame from A to B
fragment()
{
	frame "$(mac_of "$NS_B" veth-b)" "$(mac_of "$NS_A" macvlan-a)" 0800 \
		"$(ip4 17 10.0.0.2 10.0.0.1 "${DATAGRAM:$1 * 2:48}" 64 \
			$(($1 / 8 | $2)) 2)"
}

halves()
{
	{
		fragment 0 0x2000
		fragment 24 0
	} | inject A frame macvlan-a
}

# Only the first fragment has the port, and so the mark: what it held goes on in the
# last one.
by_first()
{
	DATAGRAM=$(udp 7 99 "$(zeros 40)")
	sent first halves
}

# ------------------------------------------------------------ XDP on veth

by_xdp()
{
	clang -O2 -target bpf -c -o - \
		-idirafter "/usr/include/$(uname -m)-linux-gnu" \
		"$TOP/selftests/e2e/xdp.c" >"$TMP/pass.o"
	batch B <<<"link set veth-b xdpdrv object $TMP/pass.o section xdp"
	sent xdp ping_peer 10.0.0.1
	batch B <<<"link set veth-b xdpdrv off"
}

# ------------------------------------------------------------ what became of them

trace_paths raw flooded gso far big first xdp
is "$(families) $(gaps paths)" "${#PACKET[@]} " \
	"no other packets, no steps are lost"
went raw "1 - consumed|1.1 skb_clone consumed" "raw socket"
went flooded "1 - dropped|1.1 skb_clone dropped|1.2 skb_clone dropped" "flooding"
went gso "1 - consumed|1.1 skb_segment dropped|1.2 skb_segment dropped|1.3 skb_segment dropped" \
	"segments"
went far "1 - consumed|1.1 ip_frag_next dropped|1.2 ip_frag_next dropped" \
	"fragments of a forwarded packet"
is "$(tree_of paths "${PACKET[big]}" | sed 's/ [a-z]*\(|\|$\)/\1/g')" \
	"1 -|1.1 ip_fraglist_prepare|1.2 ip_fraglist_prepare|1.2.1 skb_clone" \
	"fragments and reassembly"
went first "1 - consumed|1.1 inet_frag_reasm_prepare dropped" "reassembly"
went xdp "1 - consumed|1.1 skb_pp_cow_data consumed" "XDP"
