#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: namespaces without a name, and those whose number is used again
# requires: root cmd:ping cmd:unshare
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 8

NUMBER=		# the inode number of a namespace that is gone
SLEEPER=	# a process that is alone in one

trap 'remove_old; clean_up' EXIT

# remove_old: keeps the exit status, for clean_up
remove_old()
{
	local status=$?

	ip netns del "$LAB-old" 2>/dev/null
	umount "$TMP/held" 2>/dev/null
	return "$status"
}

# inode_of PROCESS
inode_of()
{
	stat -L -c %i "/proc/$1/ns/net"
}

# is_asleep PROCESS
is_asleep()
{
	[ "$(<"/proc/$1/comm")" = sleep ]
}

# sleep_apart: sets SLEEPER
sleep_apart()
{
	unshare -n sleep 1000 &
	SLEEPER=$!
	pids+=("$SLEEPER")
	wait_for "$PATIENCE" is_asleep "$SLEEPER"
}

# sleep_at_number: its namespace has the number. Numbers are given from below, so
# those that are not it stay.
sleep_at_number()
{
	sleep_apart && [ "$(inode_of "$SLEEPER")" = "$NUMBER" ]
}

# pair_to FILE: the other end of A's device goes to that namespace, which answers
pair_to()
{
	on A ip link set pair-n netns "$1"
	nsenter "--net=$2" sh -c 'ip addr add 10.9.0.2/24 dev pair-n &&
		ip link set pair-n up'
}

ping_pair()
{
	on A ping -n -c 1 -W 1 10.9.0.2 >/dev/null 2>&1
}

# names_of N: what the namespaces of the Nth packet (from 1) are called
names_of()
{
	jq -r "select(.packet == $1) | .events[] |
		select(.netns == $NUMBER) | .netns_name" "$TMP/named.out" |
		sort -u
}

new_lab || exit 1
ip netns add "$LAB-old"
on A ip link add pair-a type veth peer name pair-n
on A ip addr add 10.9.0.1/24 dev pair-a
on A ip link set pair-a up
pair_to "$LAB-old" "/run/netns/$LAB-old"
wait_for "$PATIENCE" ping_pair

start_trace named -N "$NS_A" -i pair-a -d out -c 0 -o json -W "$TMP/records" \
	'icmp[icmptype] = icmp-echo'
ping_pair
ok "a packet that goes to a namespace with a name" \
	wait_for "$PATIENCE" has_lines named 1
NUMBER=$(stat -L -c %i "/run/netns/$LAB-old")
nsenter "--net=/run/netns/$LAB-old" ip link set pair-n netns "$NS_A"
ip netns del "$LAB-old"
is "$(names_of 1)" "$LAB-old" "it is known by that"

# A new one has the number; then it loses its process as well.
ok "the number is used again" wait_for "$PATIENCE" sleep_at_number
pair_to "$SLEEPER" "/proc/$SLEEPER/ns/net"
ping_pair
ok "a packet that goes there" wait_for "$PATIENCE" has_lines named 2
is "$(names_of 2)" "of sleep ($SLEEPER)" \
	"it is known by the process in it, not by the old name"

: >"$TMP/held"
mount --bind "/proc/$SLEEPER/ns/net" "$TMP/held"
kill "$SLEEPER"
wait_for "$PATIENCE" is_gone "$SLEEPER"
ping_pair
ok "a packet that goes there when the process has ended" \
	wait_for "$PATIENCE" has_lines named 3
is "$(names_of 3)" null "it has no name"

kill -INT "$PID"
end_trace named
like "$("$BPFPATH" show "$TMP/records" 2>&1)" \
	"netns $LAB-old\].*netns of sleep \($SLEEPER\)\].*netns $NUMBER\]" \
	"in the text as well"
