#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: drops by tc, queues, XDP, bridges, devices; what is said of them
# requires: root kprobes cmd:jq tool:inject tool:netkit cmd:bridge tool:pins
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
. "${BASH_SOURCE%/*}/paths.sh"
. "${BASH_SOURCE%/*}/drops.sh"
plan 40

SRC=10.0.0.2
DST=10.0.0.1

new_lab || exit 1
MAC_A=$(mac_of "$NS_A" macvlan-a)
MAC_B=$(mac_of "$NS_B" veth-b)

# arrives NAME: an echo request, whose fate is not to get to B's IP
arrives()
{
	sent "$1" to_b 0800 "$(echo4 $SRC $DST)"
}

# tc_at NETNS ARGUMENTS...
tc_at()
{
	tc -n "$1" "${@:2}" >&2
}

# ---------------------------------------------------------------- tc

by_ingress()
{
	tc_at "$NS_B" qdisc add dev veth-b clsact &&
		tc_at "$NS_B" filter add dev veth-b ingress matchall \
			action drop && arrives ingress
	tc_at "$NS_B" qdisc del dev veth-b clsact
}

by_egress()
{
	tc_at "$NS_A" qdisc add dev veth-a clsact &&
		tc_at "$NS_A" filter add dev veth-a egress matchall \
			action drop && arrives egress
	tc_at "$NS_A" qdisc del dev veth-a clsact
}

# by_qdisc NAME QDISC...: of veth-a
by_qdisc()
{
	tc_at "$NS_A" qdisc add dev veth-a root "${@:2}" && arrives "$1"
	tc_at "$NS_A" qdisc del dev veth-a root
}

by_netem() { by_qdisc netem netem loss 100%; }

by_tbf() { by_qdisc tbf tbf rate 8kbit burst 10 limit 10; }

by_pfifo() { by_qdisc pfifo pfifo limit 0; }

# A class that has no place for it.
by_htb()
{
	tc_at "$NS_A" qdisc add dev veth-a root handle 1: htb default 1 &&
		tc_at "$NS_A" class add dev veth-a parent 1: classid 1:1 \
			htb rate 8mbit &&
		tc_at "$NS_A" qdisc add dev veth-a parent 1:1 bfifo limit 1 &&
		arrives htb
	tc_at "$NS_A" qdisc del dev veth-a root
}

# ---------------------------------------------------------------- XDP

# by_xdp NAME MODE: a program on veth-b that drops all
by_xdp()
{
	batch B <<<"link set veth-b $2 object $TMP/verdict.o section xdp" &&
		arrives "$1"
	batch B <<<"link set veth-b $2 off"
}

by_generic() { by_xdp generic xdpgeneric; }

by_native() { by_xdp native xdpdrv; }

# ---------------------------------------------------------------- bridge

# at_bridge NAME: a frame for nobody that the bridge knows
at_bridge()
{
	frame 02:00:00:00:00:77 "$MAC_A" 0800 "$(echo4 $SRC $DST)" |
		inject A frame bridge-a
}

# port_is STATE: of bridge-b
port_is()
{
	grep -q "state $1" <(bridge -n "$NS_B" link show dev bridge-b)
}

# add_hub STATE OPTION...: a bridge whose only port is bridge-b
add_hub()
{
	batch B <<-END
		link add hub type bridge ${*:2}
		link set hub up
		link set bridge-b master hub
	END
	wait_for "$PATIENCE" port_is "$1"
}

# Spanning tree listens first, for 30 seconds.
by_blocked()
{
	add_hub listening stp_state 1 forward_delay 3000 &&
		sent blocked at_bridge
	batch B <<<"link del hub"
}

by_no_port()
{
	add_hub forwarding && sent no_port at_bridge
}

by_bridge_vlan()
{
	batch B <<<"link set hub type bridge vlan_filtering 1"
	bridge -n "$NS_B" vlan del dev bridge-b vid 1
	sent bridge_vlan at_bridge
	batch B <<<"link del hub"
}

# The bridge knows that 02:…:77 is at the port by which the frame comes.
by_hairpin()
{
	add_hub forwarding &&
		bridge -n "$NS_B" fdb add 02:00:00:00:00:77 dev bridge-b \
			master static && sent hairpin at_bridge
	batch B <<<"link del hub"
}

# ---------------------------------------------------------------- devices

# has_carrier [IFNAME]: of A, macvlan-a where none is given
has_carrier()
{
	grep -q 'state UP' <(ip -n "$NS_A" link show dev "${1:-macvlan-a}")
}

# Without a carrier queues take nothing. Whoever sets something of a link waits
# until what is under way is done.
by_no_carrier()
{
	batch B <<<"link set veth-b down"
	wait_for "$PATIENCE" not has_carrier
	batch A <<<"link set macvlan-a alias x"
	arrives no_carrier
	batch B <<<"link set veth-b up"
	wait_for "$PATIENCE" has_carrier
}

by_peer_mtu()
{
	batch B <<<"link set veth-b mtu 600"
	sent peer_mtu to_b 0800 "$(echo4 $SRC $DST 64 0 1000)"
	batch B <<<"link set veth-b mtu 1500"
}

# The dummy was first, so it is the active slave.
by_bond()
{
	add_pair bond
	batch B <<-END &&
		link add active type dummy
		link add bond0 type bond mode active-backup
		link set active master bond0
		link set bond-b master bond0
		link set bond0 up
	END
		wait_for "$PATIENCE" has_carrier low-bond &&
		sent bond inject_at low-bond
	ip -n "$NS_B" link del bond0
	ip -n "$NS_B" link del active
	ip -n "$NS_A" link del low-bond
}

# inject_at IFNAME: an echo request by that device of A
inject_at()
{
	frame "$MAC_B" "$MAC_A" 0800 "$(echo4 $SRC $DST)" |
		inject A frame "$1"
}

by_wireguard()
{
	batch A <<-END &&
		link add wg0 type wireguard
		link set wg0 up
		addr add 10.77.0.2/24 dev wg0
	END
		sent wireguard ping4 10.77.0.9
	ip -n "$NS_A" link del wg0
}

# at_netkit NAME HOW A|B ADDRESS: a datagram, which a program for the one or the other
# device drops; ping(8) would try again
at_netkit()
{
	serve A "netkit-$2" "$TOOLS/netkit" "$2" nk-a &&
		sent "$1" udp_from "$3" "$4" $PORT x
	mute
}

by_netkit()
{
	add_netkit && at_netkit netkit primary A 10.76.0.1
}

by_netkit_peer()
{
	[ "${PACKET[netkit]}" ] || return
	at_netkit netkit_peer peer B 10.76.0.2
	batch A <<<"link del nk-a"
}

# ---------------------------------------------------------------- no drops

# leaves NAME IFNAME OPTIONS...: an echo request by a new device, which is on its own
leaves()
{
	batch A <<-END &&
		link add $2 type ${*:3}
		link set $2 up
		addr add 10.78.0.2/24 dev $2
		neigh add 10.78.0.9 lladdr $MAC_B dev $2 nud permanent
	END
		sent "$1" ping4 10.78.0.9
	ip -n "$NS_A" link del "$2"
}

by_ifb() { leaves ifb ifb-x ifb; }

by_geneve() { leaves geneve geneve-x geneve id 78 remote 10.79.0.9; }

by_dummy() { leaves dummy dummy-x dummy; }

# became NAME: what became of a packet that was consumed, and what is said of it
became()
{
	jq -r "select(.packet == ${PACKET[$1]:-0}) | .end |
		\"\(.how) \(.what) \(.verdict)\"" "$TMP/paths.json"
}

modprobe -q -a ifb sch_tbf sch_netem sch_fq_codel sch_htb bridge
clang -O2 -target bpf -DVERDICT=XDP_DROP -c -o - \
	-idirafter "/usr/include/$(uname -m)-linux-gnu" \
	"$TOP/selftests/e2e/verdict.c" >"$TMP/verdict.o"
add_devices bridge

trace_drops ingress egress netem tbf pfifo htb generic native \
	blocked no_port bridge_vlan hairpin peer_mtu no_carrier bond wireguard \
	netkit netkit_peer \
	ifb geneve dummy

dropped ingress "tc ingress" <<END
	5.10 __netif_receive_skb_core - dropped by tc: a filter at ingress of veth-b
	6.1 __netif_receive_skb_core TC_INGRESS dropped by tc: a filter at ingress of veth-b (TC_INGRESS)
END
dropped egress "tc egress" <<END
	5.10 __dev_queue_xmit - dropped by tc: a filter at egress of veth-a
	6.1 __dev_queue_xmit TC_EGRESS dropped by tc: a filter at egress of veth-a (TC_EGRESS)
END
dropped netem netem <<END
	5.10 kfree_skb_list - dropped by the queueing discipline netem of veth-a, which simulates a bad link
	6.1 kfree_skb_list_reason QDISC_DROP dropped by the queueing discipline netem of veth-a, which simulates a bad link (QDISC_DROP)
	6.12 __dev_queue_xmit QDISC_DROP dropped by the queueing discipline netem of veth-a, which simulates a bad link (QDISC_DROP)
	7.0 __tcf_kfree_skb_list QDISC_DROP dropped by the queueing discipline netem of veth-a, which simulates a bad link (QDISC_DROP)
END
dropped tbf tbf <<END
	5.10 kfree_skb_list - dropped by the queueing discipline tbf of veth-a
	6.1 kfree_skb_list_reason QDISC_DROP dropped by the queueing discipline tbf of veth-a (QDISC_DROP)
	6.12 __dev_queue_xmit QDISC_DROP dropped by the queueing discipline tbf of veth-a (QDISC_DROP)
	7.0 __tcf_kfree_skb_list QDISC_DROP dropped by the queueing discipline tbf of veth-a (QDISC_DROP)
END
dropped pfifo pfifo <<END
	5.10 kfree_skb_list - dropped by the queueing discipline pfifo of veth-a
	6.1 kfree_skb_list_reason QDISC_DROP dropped by the queueing discipline pfifo of veth-a (QDISC_DROP)
	6.12 __dev_queue_xmit QDISC_DROP dropped by the queueing discipline pfifo of veth-a (QDISC_DROP)
	7.0 __tcf_kfree_skb_list QDISC_DROP dropped by the queueing discipline pfifo of veth-a (QDISC_DROP)
END
dropped htb "htb, bfifo" <<END
	5.10 kfree_skb_list - dropped by the queueing discipline bfifo of veth-a
	6.1 kfree_skb_list_reason QDISC_DROP dropped by the queueing discipline bfifo of veth-a (QDISC_DROP)
	6.12 __dev_queue_xmit QDISC_DROP dropped by the queueing discipline bfifo of veth-a (QDISC_DROP)
	7.0 __tcf_kfree_skb_list QDISC_DROP dropped by the queueing discipline bfifo of veth-a (QDISC_DROP)
END
dropped generic "generic XDP" <<END
	5.10 netif_receive_generic_xdp - dropped by XDP: a program on veth-b
	6.1 do_xdp_generic NOT_SPECIFIED dropped by XDP: a program on veth-b
END
dropped native "XDP" <<END
	5.10 veth_poll - dropped by XDP: a program on veth-b
	6.1 veth_xdp_rcv_skb NOT_SPECIFIED dropped by XDP: a program on veth-b
END
dropped blocked "bridge: port blocked" <<END
	5.10 br_handle_frame - dropped in br_handle_frame: the bridge port bridge-b is blocked, a bad source MAC, or by netfilter
	6.1 br_handle_frame NOT_SPECIFIED dropped in br_handle_frame: the bridge port bridge-b is blocked, a bad source MAC, or by netfilter
	7.0 br_handle_frame BRIDGE_INGRESS_STP_STATE dropped in br_handle_frame: the bridge port bridge-b is blocked (BRIDGE_INGRESS_STP_STATE)
END
dropped no_port "bridge: no other port" <<END
	5.10 br_handle_frame_finish - dropped in br_handle_frame_finish: the bridge has no port to send it to, or does not take it from bridge-b
	6.1 br_handle_frame_finish NOT_SPECIFIED dropped in br_handle_frame_finish: the bridge has no port to send it to, or does not take it from bridge-b
	7.0 br_handle_frame_finish NO_TX_TARGET dropped in br_handle_frame_finish: there is no port or endpoint to send it to (NO_TX_TARGET)
END
dropped bridge_vlan "bridge: VLAN" <<END
	5.10 br_allowed_ingress - dropped by the bridge: its VLAN is not allowed on bridge-b
	6.1 br_allowed_ingress NOT_SPECIFIED dropped by the bridge: its VLAN is not allowed on bridge-b
END
dropped hairpin "bridge: back to where it came from" <<END
	5.10 br_handle_frame_finish - dropped in br_handle_frame_finish: the port that has its MAC address does not take it
	6.1 br_handle_frame_finish NOT_SPECIFIED dropped in br_handle_frame_finish: the port that has its MAC address does not take it
END
dropped peer_mtu "veth: MTU of the peer" <<END
	5.10 __dev_forward_skb - dropped in __dev_forward_skb: the device that it is handed to is down, or has a smaller MTU
	6.1 __dev_forward_skb2 NOT_SPECIFIED dropped in __dev_forward_skb2: the device that it is handed to is down, or has a smaller MTU
END
dropped no_carrier "no carrier" <<END
	5.10 kfree_skb_list - dropped by macvlan-a: it is down or has no carrier
	6.1 kfree_skb_list_reason QDISC_DROP dropped by macvlan-a: it is down or has no carrier (QDISC_DROP)
	6.12 __dev_queue_xmit QDISC_DROP dropped by macvlan-a: it is down or has no carrier (QDISC_DROP)
	7.0 __tcf_kfree_skb_list QDISC_DROP dropped by macvlan-a: it is down or has no carrier (QDISC_DROP)
END
dropped bond "bond: not the active slave" <<END
	5.10 __netif_receive_skb_core - dropped in __netif_receive_skb_core: bond-b is a slave of a bond, which takes nothing from it now
	6.1 __netif_receive_skb_core UNHANDLED_PROTO dropped in __netif_receive_skb_core: bond-b is a slave of a bond, which takes nothing from it now (UNHANDLED_PROTO)
END
dropped wireguard "WireGuard: no peer" <<END
	5.10 wg_xmit - dropped by WireGuard: no peer of wg0 takes it
	6.1 wg_xmit NOT_SPECIFIED dropped by WireGuard: no peer of wg0 takes it
END
dropped netkit "netkit: the primary device's program" <<END
	6.12 netkit_xmit NOT_SPECIFIED dropped by netkit: the BPF program of nk-a drops what goes to its peer nk-b
END
dropped netkit_peer "netkit: the peer's program" <<END
	6.12 netkit_xmit NOT_SPECIFIED dropped by netkit: the BPF program of nk-b drops what goes to its peer nk-a
END
is "$(became ifb)" "consumed given up ifb-x was not sent it by a redirection" \
	"ifb: nothing redirects to it"
is "$(became geneve)" "consumed given up geneve-x cannot send it" \
	"geneve: no route to its other end"
is "$(became dummy)" "consumed handed to the driver null" "dummy"
all_whole
