#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: with -i any, interfaces that appear during a run are taken in
# requires: root cmd:jq
# kernels: one
. "${BASH_SOURCE%/*}/../lib.sh"
plan 26

new_lab || exit 1
POD=$LAB-pod	# a container, behind a bridge on B
trap 'remove_pod; clean_up' EXIT

# remove_pod: keeps the exit status, for clean_up
remove_pod()
{
	local status=$?

	ip netns del "$POD" 2>/dev/null
	return "$status"
}

# add_pod PORT: a container at the bridge: its veth is made on B and moved
add_pod()
{
	ip netns add "$POD"
	ip -n "$NS_B" link add "$1" type veth peer name tmp0
	ip -n "$NS_B" link set tmp0 netns "$POD" name eth0
	ip -n "$POD" addr add 10.9.0.2/24 dev eth0
	ip -n "$POD" link set eth0 up
	ip -n "$NS_B" link set "$1" master br0 up
}

pod_ping()
{
	nsenter "--net=/run/netns/$POD" ping -n -c 1 -W 1 10.9.0.1 \
		>/dev/null 2>&1
}

# pings_seen NAME PORT: its packets are selected at that port
pings_seen()
{
	pod_ping
	records "$1" select ifname | grep -qx "$2"
}

# has_filter IFNAME: on B
has_filter()
{
	tc_state "$NS_B" | grep -q "^$1 ingress .*bpfpath"
}

filters_on()
{
	tc_state "$NS_B" | grep -c "^$1 ingress .*bpfpath"
}

# ifindex IFNAME: on B
ifindex()
{
	ip -n "$NS_B" -o link show dev "$1" | cut -d: -f1
}

ip -n "$NS_B" link add br0 type bridge
ip -n "$NS_B" addr add 10.9.0.1/24 dev br0
ip -n "$NS_B" link set br0 up

start_trace come "${FEW[@]}" -N "$NS_B" -i any -c 0 -o records icmp 10.9.0.2
add_pod port1
ok "a container's veth is taken in" wait_for "$PATIENCE" has_filter port1
ok "its packets are selected there" wait_for "$PATIENCE" pings_seen come port1
remove_pod
add_pod port2
ok "another comes after it" wait_for "$PATIENCE" has_filter port2
ok "the other's packets are selected there" \
	wait_for "$PATIENCE" pings_seen come port2

# An interface that is made elsewhere and comes with another name, gets one
# more, leaves, and comes back with the index that it had
ip -n "$NS_A" link add moved0 type veth peer name peer0
ip -n "$NS_A" link set moved0 netns "$NS_B" name moved1
ok "an interface that is moved here is taken in" \
	wait_for "$PATIENCE" has_filter moved1
ip -n "$NS_B" link set moved1 name moved2
ip -n "$NS_B" link add later type veth peer name later-peer
ok "what comes after a new name" wait_for "$PATIENCE" has_filter later
is "$(filters_on moved2)" 1 "an interface of a new name keeps its one filter"
index=$(ifindex moved2)
ip -n "$NS_B" link set moved2 netns "$NS_A"
ip -n "$NS_A" link set moved2 netns "$NS_B"
ok "an interface that comes back is taken in again" \
	wait_for "$PATIENCE" has_filter moved2
is "$(ifindex moved2)" "$index" "though its index is the one it had"

# Made and renamed at once, many at a time
for nr in {1..20}; do
	echo "link add quick$nr type veth peer name qpeer$nr"
	echo "link set quick$nr name fast$nr"
done | ip -n "$NS_B" -batch -
all_fast()
{
	[ "$(tc_state "$NS_B" | grep -c '^fast[0-9]* ingress .*name bpfpath')" = 20 ]
}
ok "twenty that get a new name at once" wait_for "$PATIENCE" all_fast

kill -INT "$PID"
end_trace come
is "$STATUS" 0 "exit status"
unlike "$(cat "$TMP/come.err")" 'takes no classifier' "nothing failed"
remove_pod
no_leftovers "nothing is left, whatever the interfaces are called by now"

# Only those that --ifname allows
start_trace named "${FEW[@]}" -N "$NS_B" -i any --ifname 'port*' -o records \
	icmp 10.9.0.2
ip -n "$NS_B" link add other type veth peer name other-peer
add_pod port3
ok "--ifname: one of such a name is taken in" \
	wait_for "$PATIENCE" has_filter port3
ok "--ifname: others are not" not has_filter other
pings_seen named port3
end_trace named
is "$STATUS" 0 "--ifname: exit status"
is "$(records named select ifname)" port3 "--ifname: selected there"
remove_pod

# A list of interfaces is all there is.
start_trace listed "${FEW[@]}" -N "$NS_B" -i veth-b,br0 -o records icmp 10.9.0.2
add_pod port4
wait_for 30 pings_seen listed br0
end_trace listed
is "$(records listed select ifname)" br0 "-i LIST: selected at one of the list"
remove_pod

all_gone()
{
	local pid

	for pid in "${children[@]}"; do
		is_gone "$pid" || return
	done
}

# The driver is killed: whoever followed interfaces ends.
start_trace killed "${FEW[@]}" -N all -i any -c 0 -o records icmp 10.9.0.2
mapfile -t children < <(descendants "$PID")
ok "killed: others work for the run" [ ${#children[@]} -ge 3 ]
kill -9 "$PID"
wait "$PID" 2>/dev/null
ok "killed: all of them end" wait_for "$PATIENCE" all_gone
ip -n "$NS_B" link add late type veth peer name late-peer
ok "killed: its filters are left in one namespace" \
	grep -q bpfpath <(tc_state "$NS_A")
ok "killed: … and in the other" grep -q bpfpath <(tc_state "$NS_B")
trace next pod_ping -- "${FEW[@]}" -N "$NS_B" -i veth-b -w 1 icmp 10.9.0.2
is "$STATUS" 3 "the next run: exit status"
like "$(cat "$TMP/next.err")" 'removed what the killed run' \
	"the next run removes it"
ok "nothing was attached to what appeared after that" not has_filter late
no_leftovers "nothing is left in any namespace"
