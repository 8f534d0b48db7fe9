#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: with -i any, interfaces that appear during a run are taken in
# requires: root cmd:jq
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/floods.sh"
plan 38

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
	grep -qx "$2" <(records "$1" select ifname)
}

# has_filter IFNAME: on B
has_filter()
{
	grep -q "^$1 ingress .*bpfpath" <(tc_state "$NS_B")
}

filters_on()
{
	tc_state "$NS_B" | grep -c "^$1 ingress .*bpfpath"
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
index=$(ifindex_of "$NS_B" moved2)
ip -n "$NS_B" link set moved2 netns "$NS_A"
ip -n "$NS_A" link set moved2 netns "$NS_B"
ok "an interface that comes back is taken in again" \
	wait_for "$PATIENCE" has_filter moved2
is "$(ifindex_of "$NS_B" moved2)" "$index" "though its index is the one it had"

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

# Ctrl-Z, and then fg
is_stopped()
{
	local pid stat

	for pid in "${stopped[@]}"; do
		read -r stat <"/proc/$pid/stat" && [[ ${stat##*) } == T* ]] || return
	done
}
mapfile -t stopped < <(echo "$PID"; descendants "$PID")
kill -STOP "${stopped[@]}"
wait_for "$PATIENCE" is_stopped
kill -CONT "${stopped[@]}"
ip -n "$NS_B" link add after-stop type veth peer name after-peer
ok "stopped and continued: interfaces are still taken in" \
	wait_for "$PATIENCE" has_filter after-stop

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

# tc_fails once|always|never: to add a filter, as when an interface is just being made
tc_fails()
{
	mkdir -p "$TMP/bin"
	rm -f "$TMP/failed.once"
	cat >"$TMP/bin/tc" <<-END
	#!/bin/bash
	if [[ \$* = *-batch* && $1 != never && ! -e $TMP/failed.once ]]; then
		[ $1 = always ] || : >$TMP/failed.once
		while read -r line; do
			nr=\$((nr + 1))
			[[ \$line = filter\ add* ]] || continue
			echo "Error: Parent Qdisc doesn't exists."
			echo "We have an error talking to the kernel"
			echo "Command failed -:\$nr"
		done >&2
		exit 1
	fi
	exec $(type -P tc) "\$@"
	END
	chmod +x "$TMP/bin/tc"
}

says()
{
	grep -q -- "$2" "$TMP/$1.err"
}

tc_fails never
PATH=$TMP/bin:$PATH start_trace retried "${FEW[@]}" -N "$NS_B" -i any -c 0 -s clsact icmp
tc_fails once
ip -n "$NS_B" link add again0 type veth peer name again1
ok "what fails at first is tried again" wait_for "$PATIENCE" has_filter again0
ok "for how long nothing was selected there is said" wait_for "$PATIENCE" \
	says retried "interface 'again0' appeared, and nothing was selected there for [0-9]*\.[0-9]* s"
tc_fails always
ip -n "$NS_B" link add never0 type bridge
ok "what fails for good is refused, in words" wait_for "$PATIENCE" says retried \
	"'never0': takes no classifier (ingress): its clsact qdisc has been taken away"
tc_fails never
unlike "$(cat "$TMP/retried.err")" "Command failed|talking to|Parent Qdisc" \
	"and without tc's own"

# whoever follows interfaces ends: by itself, or what attaches
kill -9 "$(process_of "$PID" "bpfload netdevs")"
ok "it is said that interfaces are followed no longer" wait_for "$PATIENCE" \
	says retried 'interfaces are followed no longer: none that appears'
kill -INT "$PID"
end_trace retried
start_trace followed "${FEW[@]}" -N "$NS_B" -i any -c 0 icmp
for pid in $(descendants "$PID"); do
	[ "$(tr '\0' ' ' <"/proc/$pid/cmdline")" != \
		"$(tr '\0' ' ' <"/proc/$PID/cmdline")" ] || kill -9 "$pid"
done
ok "also when what attaches has ended" wait_for "$PATIENCE" \
	says followed 'interfaces are followed no longer: what attaches'
kill -INT "$PID"
end_trace followed
is "$(grep -c 'followed no longer' "$TMP/followed.err")" 1 "once"

# What is selected at goes away
ip -n "$NS_B" link add gone0 type bridge
ip -n "$NS_B" link add gone1 type bridge
start_trace lost "${FEW[@]}" -N "$NS_B" -i gone0,gone1 -c 0 icmp
ip -n "$NS_B" link del gone0
ok "an interface of the list is gone" wait_for "$PATIENCE" says lost \
	"interface 'gone0' is gone: no packet is selected there any more"
ip -n "$NS_B" link del gone1
ok "so is the last one" wait_for "$PATIENCE" says lost \
	"interface 'gone1' is gone, the last one at which packets were selected"
kill -INT "$PID"
end_trace lost
is "$(grep -c 'followed no longer\|appeared' "$TMP/lost.err")" 0 \
	"a run that ends says nothing of that"
ip netns add "$POD"
start_trace space "${FEW[@]}" -N "$POD" -i any -c 0 icmp
ip netns del "$POD"
ok "the namespace is gone" wait_for "$PATIENCE" says space \
	"interface 'lo' is gone, the last one at which packets were selected"
kill -INT "$PID"
end_trace space

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
