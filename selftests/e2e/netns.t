#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: packets are selected in the namespaces that -N names
# requires: root cmd:jq
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 25

new_lab || exit 1
NS_C="$LAB-C x"	# appears during a run; a name with a blank
ALIAS=$LAB-alias	# another name of B
trap 'remove_others; clean_up' EXIT

# remove_others: keeps the exit status, for clean_up
remove_others()
{
	local status=$?

	ip netns del "$NS_C" 2>/dev/null
	ip netns del "$ALIAS" 2>/dev/null
	return "$status"
}

# add_alias: two names are one namespace
add_alias()
{
	: >"/run/netns/$ALIAS"
	mount --bind "/run/netns/$NS_B" "/run/netns/$ALIAS"
}

inode_of()
{
	stat -L -c %i "/run/netns/$1"
}

# refused WANT OPTIONS...: no trace, and a word about it
refused()
{
	local want=$1 talk status=0
	shift
	talk=$("$BPFPATH" "$@" icmp 10.0.0.1 2>&1) || status=$?
	diag "$talk"
	is "$status" 1 "$*: exit status"
	like "$talk" "$want" "$*: message"
}

# ping_from A|B: to the other node of the lab
ping_from()
{
	local peer=10.0.0.1

	[ "$1" = A ] || peer=10.0.0.2
	on "$1" ping -n -c 1 -W 1 "$peer" >/dev/null 2>&1
}

# has_filter NETNS IFNAME
has_filter()
{
	grep -q "^$2 .*bpfpath" <(tc_state "$1")
}

nsenter "--net=/run/netns/$NS_B" sleep 1000 &
pids+=($!)
process=$!
wait_for "$PATIENCE" [ "/proc/$process/ns/net" -ef "/run/netns/$NS_B" ]

trace pid ping_from A -- "${FEW[@]}" -N "$process" -i any -o records -w 60 \
	icmp 10.0.0.2
is "$STATUS" 0 "-N PID: exit status"
is "$(records pid select netns)" "$(inode_of "$NS_B")" "-N PID: its namespace"

trace inode ping_from A -- "${FEW[@]}" -N "$(inode_of "$NS_B")" -i veth-b \
	-o records -w 60 icmp 10.0.0.2
is "$STATUS" 0 "-N INODE: exit status"
is "$(records inode select netns)" "$(inode_of "$NS_B")" \
	"-N INODE: that namespace"

refused "no process and no network namespace has the number 1234567890" \
	-N 1234567890 -i any
like "$(setpriv --bounding-set -sys_ptrace "$BPFPATH" -N "$process" -i any icmp 2>&1)" \
	"process $process: its network namespace cannot be entered: .* CAP_SYS_PTRACE" \
	"-N PID: of a process that may not be looked at"
refused "no such network namespace: 'nowhere$$'" -N "nowhere$$" -i any
refused "no such interface: 'nothing$$' in any of" -N all -i "nothing$$"
no_leftovers "nothing is left of these"

# All: a list of interfaces is for the namespaces that have them.
add_alias
trace listed ping_from A -- "${FEW[@]}" -N all -i veth-b,macvlan-a -o records \
	-w 60 icmp 10.0.0.2
is "$STATUS" 0 "-N all -i LIST: exit status"
is "$(records listed select netns)" "$(inode_of "$NS_B")" \
	"-N all -i LIST: at the one of them"
no_leftovers "-N all -i LIST: nothing is left"

# All, and one that comes later. A pair of devices between it and B shows whether
# the run keeps it alive.
start_trace all "${FEW[@]}" -N all -i any -c 0 -o records icmp 10.0.0.2
is "$(tc_state "$NS_B" | grep -c '^veth-b ingress .*bpfpath')" 1 \
	"-N all: once in a namespace of two names"
ip netns add "$NS_C"
nsenter "--net=/run/netns/$NS_C" ip addr add 10.0.0.2/32 dev lo
nsenter "--net=/run/netns/$NS_C" ip link set lo up
ok "-N all: a namespace that appears is taken in" \
	wait_for "$PATIENCE" has_filter "$NS_C" lo
ip -n "$NS_C" link add to-b type veth peer name to-c netns "$NS_B"
ok "-N all: and an interface that appears in it" \
	wait_for "$PATIENCE" has_filter "$NS_C" to-b
ping_from A
nsenter "--net=/run/netns/$NS_C" ping -n -c 1 -W 1 10.0.0.2 >/dev/null 2>&1
inode=$(inode_of "$NS_C")
# selected_in INODE: a packet there
selected_in()
{
	grep -qx "$1" <(records all select netns)
}
ok "-N all: a packet in the first" \
	wait_for "$PATIENCE" selected_in "$(inode_of "$NS_B")"
ok "-N all: a packet in the new one" wait_for "$PATIENCE" selected_in "$inode"
ip netns del "$NS_C"
gone()
{
	! ip -n "$NS_B" link show dev to-c >/dev/null 2>&1
}
ok "-N all: a namespace that is removed does not stay" \
	wait_for "$PATIENCE" gone
ok "-N all: the run goes on" not is_gone "$PID"
kill -INT "$PID"
end_trace all
is "$STATUS" 0 "-N all: exit status"
unlike "$(cat "$TMP/all.err")" "takes no classifier" \
	"-N all: nothing failed on the way"
no_leftovers "-N all: nothing is left"
