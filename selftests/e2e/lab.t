#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: scripts/lab.sh: two nodes, up, broken, mended, down
# requires: root
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 23

lab()
{
	"$TOP/scripts/lab.sh" -n "$LAB" "$@" 2>"$TMP/err"
}

# refuses STATUS MESSAGE WHAT COMMAND...: a run of lab.sh that fails
refuses()
{
	local status=0

	lab "${@:4}" >"$TMP/out" || status=$?
	is "$status" "$1" "$3: exit status"
	is "$(head -n 1 "$TMP/err")" "lab.sh: $2" "$3: message"
}

ok "up" new_lab
ok "an IPv4 ping is answered" ping_peer 10.0.0.1
ok "an IPv6 ping is answered" ping_peer fd00::1
like "$("$TOP/scripts/lab.sh" list)" "$LAB"$'\t'"$NS_A"$'\t'"$NS_B" "list"
is "$(on A ip -4 -o addr show dev macvlan-a | awk '{ print $4 }')" 10.0.0.2/24 \
	"A's address is on the macvlan"
is "$(find /sys/class/net -name 'veth-*' -o -name 'macvlan-*')" "" \
	"the machine's own network has none of the devices"

refuses 1 "lab '$LAB' is up already" "up again" up
refuses 2 "node 'C': there are A and B" "no such node" exec C true
refuses 2 "exec: no command given" "exec of nothing" exec A
ok "exec: the command's exit status" [ "$(lab exec B sh -c 'exit 7'; echo $?)" = 7 ]

ok "break" lab break
ok "an IPv4 ping is not answered" not ping_peer 10.0.0.1
ok "an IPv6 ping is not answered" not ping_peer fd00::1
ok "mend" lab mend
ok "a ping is answered again" ping_peer 10.0.0.1

ok "down" lab down
refuses 1 "lab '$LAB' is not up" "down again" down

ip netns add "$NS_B"
lab up
is "$(cat "$TMP/err")" \
	"lab.sh: namespace '$NS_B' exists and was not made here" \
	"up: a namespace of somebody else"
lab down
ok "down: it is left alone" test -e "/run/netns/$NS_B"
ip netns del "$NS_B"
