#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: Open vSwitch: upcalls, actions and drops on a packet's path
# requires: root kprobes cmd:jq cmd:ovs-vswitchd
. "${BASH_SOURCE%/*}/../lib.sh"

WAS_LOADED=$(ls -d /sys/module/openvswitch 2>/dev/null)
modprobe -q openvswitch || skip_all "kernel $(uname -r) has no Open vSwitch"
plan 16

LAB=o$$x$RANDOM
export OVS_RUNDIR=$TMP OVS_LOGDIR=$TMP OVS_DBDIR=$TMP
NODES=(A S B)	# a switch between two nodes, in a namespace of its own

# The module goes again: on 5.10 fragments are put together in every namespace while it is there
end_nodes()
{
	local node

	for node in "${NODES[@]}"; do
		ip netns del "bpfpath-$LAB-$node" 2>/dev/null
	done
	[ "$WAS_LOADED" ] || wait_for 20 modprobe -qr openvswitch
}

# add_node A|B ADDRESS: with a port of the switch, whose name is that of the node
add_node()
{
	ip -n "bpfpath-$LAB-$1" -batch - <<-END
		link add eth0 type veth peer name port$1 netns bpfpath-$LAB-S
		addr add $2/24 dev eth0
		link set eth0 up
	END
	ip -n "bpfpath-$LAB-S" link set "port$1" up
}

# In the first 10 s of the machine's clock ovs-vswitchd 3.1 takes it to have no CPU, and has no
# thread for upcalls
is_old_enough()
{
	local up

	read -r up _ </proc/uptime
	[ "${up%.*}" -gt 10 ]
}

start_switch()
{
	ovsdb-tool create "$TMP/db" /usr/share/openvswitch/vswitch.ovsschema &&
		in_background ovsdb ovsdb-server "$TMP/db" "--remote=punix:$TMP/db.sock" &&
		daemons=("$PID") && wait_for "$PATIENCE" test -S "$TMP/db.sock" &&
		vsctl --no-wait init || return
	in_background vswitchd nsenter "--net=/run/netns/bpfpath-$LAB-S" -- \
		ovs-vswitchd "unix:$TMP/db.sock"
	daemons+=("$PID")
	vsctl --timeout=30 set Open_vSwitch . other_config:max-idle=600000 -- \
		add-br br0 -- set-fail-mode br0 secure -- \
		add-port br0 portA -- add-port br0 portB
}

# end_switch: the flows that the kernel knows stay
end_switch()
{
	local pid

	for pid in "${daemons[@]}"; do
		kill -9 "$pid"
		wait_end "$pid" 2>/dev/null
	done
}

vsctl()
{
	ovs-vsctl "--db=unix:$TMP/db.sock" "$@"
}

# What a datagram to a port meets, by the port's number
flows()
{
	cat <<-END
		priority=9,udp,tp_dst=10,actions=output:portB
		priority=9,udp,tp_dst=11,actions=drop
		priority=9,udp,tp_dst=12,actions=mod_vlan_vid:5,output:portB
		priority=9,ct_state=-trk,udp,tp_dst=13,actions=ct(table=1)
		priority=9,udp,tp_dst=14,actions=mod_nw_tos:32,output:portB
		priority=9,udp,tp_dst=15,actions=controller,output:portB
		priority=9,udp,tp_dst=16,actions=LOCAL
		table=1,priority=9,udp,actions=output:portB
	END
}

send_all()
{
	local port

	for port in {10..16}; do
		send_udp 10.9.0.2 "$port"
	done
}

for node in "${NODES[@]}"; do
	ip netns add "bpfpath-$LAB-$node" || exit 1
done
trap 'end_nodes; clean_up' EXIT
add_node A 10.9.0.1 && add_node B 10.9.0.2 || exit 1
set_neighbours "bpfpath-$LAB-A" eth0 "$(mac_of "bpfpath-$LAB-B" eth0)" 10.9.0.2
ip -n "bpfpath-$LAB-S" link set portB mtu 700
wait_for 20 is_old_enough
start_switch || exit 1
flows | ovs-ofctl add-flows "unix:$TMP/br0.mgmt" - || exit 1

cat "$TOP/selftests/e2e/few.list" - >"$TMP/list" <<-END
	ovs_vport_receive 0 2
	ovs_dp_process_packet 0
	openvswitch:ovs_dp_upcall 0
	queue_userspace_packet 0 2
	ovs_execute_actions 0 2
	openvswitch:ovs_do_execute_action 0
	ovs_vport_send 0 2
END
# Of the first packet to each port no flow is known to the kernel yet.
start_trace ovs -f "$TMP/list" -N "bpfpath-$LAB-S" -i any -d both -c 21 -w 30 -o records \
	'udp and dst host 10.9.0.2' || exit 1
send_all
sleep 0.5
send_all
on A bash -c 'printf %0700d 0 >/dev/udp/10.9.0.2/10'
end_switch
send_udp 10.9.0.2 17
end_trace ovs
"$BPFPATH" show "$TMP/ovs.out" >&2
"$BPFPATH" -q -o json show "$TMP/ovs.out" >"$TMP/json.out"

# of N PORT WHAT: jq's WHAT of the N-th packet to that port that came from A, from 0
of()
{
	json json "map(select(.ifname == \"portA\" and .events[0].dport == $2))[$1] | $3"
}

# steps N PORT: what Open vSwitch does with it, at its tracepoints
steps()
{
	of "$1" "$2" '.events | map(select(.hook == "ovs" and .module == "openvswitch").verdict) | join("; ")'
}

# does PORT REGEX WHAT: a result: Open vSwitch does that with the second packet
does()
{
	if since 5 16; then
		like "$(steps 1 "$1")" "^$2\$" "$3"
	else
		skip "$3" "before 5.16 its tracepoints are not there"
	fi
}

output="output to port [0-9]+ \\(portB\\)"

is "$STATUS" 0 "exit status"
like "$(of 0 10 .end.what)" "^handed to Open vSwitch's program" \
	"the first packet of a flow goes to ovs-vswitchd"
like "$(of 0 10 .end.cause)" "no flow of the kernel matches" "... and why"
if since 5 16; then
	is "$(steps 0 10)" "upcall MISS (no flow matches), in_port $(on S ovs-dpctl show |
		sed -n 's/^ *port \([0-9]*\): portA.*/\1/p') (portA)" "... its step"
else
	like "$(of 0 10 '.events | map(.func) | join(" ")')" queue_userspace_packet \
		"... its step"
fi
like "$(json json 'map(select(.ifname == "portB" and .events[0].dport == 10)) |
	map(.hook + " " + (.events | map(.func) | join(" "))) | .[]')" \
	"^output .*ip_rcv .*udp_rcv" "... which sends it on as another packet"
does 10 "$output" "an output"
like "$(of 1 10 '.events | map(.func) | join(" ")')" \
	"^ovs_vport_receive ovs_dp_process_packet ovs_execute_actions .*ip_rcv .*udp_rcv" \
	"... and what comes before and after"
does 12 "push_vlan 5; $output" "a VLAN tag"
does 13 "ct; recirc to (0x[0-9a-f]+); $output, recirc_id \\1" "conntrack"
does 14 "set(_masked)? ipv4; $output" "a header is changed"
does 15 "userspace; upcall ACTION \\(an action sends it\\), in_port .*; $output" "to a controller"
if since 6 6; then
	is "$(of 1 11 .end.verdict)" "dropped by Open vSwitch: no action of the flow takes it (OVS_DROP_LAST_ACTION)" "a drop"
else
	like "$(of 1 11 '.end.what + ": " + .end.verdict')" \
		"^given up.*: no action of Open vSwitch's flow takes it" "a drop"
fi
like "$(of 1 16 .end.verdict)" "by Open vSwitch: (the port to send it to is not ready|its internal port is down)" \
	"a port that is down"
like "$(of 2 10 .end.verdict)" "by Open vSwitch: the port to send it to does not take it" \
	"one that is too long for the port"
like "$(of 0 17 .end.verdict)" "by Open vSwitch: ovs-vswitchd does not take it" "nobody takes an upcall"

# In lines of trace_pipe there is no room for more than functions
trace pipe send_udp 10.9.0.2 10 -- -a tracepoint -r pipe -N "bpfpath-$LAB-S" -i portA -d in \
	-w 30 -o json 'udp and dst host 10.9.0.2'
if since 5 16; then
	is "$(json pipe '.[0].events | map(select(.func == "ovs_do_execute_action")) |
		map(.hook // "-") | join(" ")')" - "by trace_pipe the action is not told"
else
	skip "by trace_pipe the action is not told" "before 5.16 its tracepoints are not there"
fi
