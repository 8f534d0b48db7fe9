#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: what a packet held goes on in the one that it was merged into
# requires: root tool:stream cmd:clang kprobes
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/kin.sh"
plan 13

new_lab && add_devices vxlan || exit 1
VXLAN=$(address_of vxlan B)

# stream ADDRESS BYTES...: a connection from A to B
stream()
{
	local PID

	: >"$TMP/listener.out"
	in_background listener nsenter "--net=/run/netns/$NS_B" -- \
		"$TOOLS/stream" listen 9
	wait_for "$PATIENCE" test -s "$TMP/listener.out"
	on A "$TOOLS/stream" send "$1" 9 "${@:2}"
	wait_end "$PID"
}

request=(-o records -w 60)

# ------------------------------------------------------------ a socket's queue

# The first one waits there for its reader, and takes in what the second held.
for attach in multi kprobe fentry; do
	if [ "$attach" = multi ] && ! grep -qx CONFIG_FPROBE=y \
			"/boot/config-$(uname -r)"; then
		for what in "exit status" "the family" "no steps are lost"; do
			skip "socket, $attach: $what" "no fprobe"
		done
		continue
	fi
	trace "socket-$attach" stream 10.0.0.1 100 300 -- "${request[@]}" \
		-a "$attach" -N "$NS_B" -i veth-b -d in \
		'tcp dst port 9 and greater 300'
	family "socket-$attach" "1 1 - consumed|1 1.1 skb_try_coalesce consumed" \
		"socket, $attach"
done

# ------------------------------------------------------------ GRO

# Two segments leave in a row, since veth-a is said to take one at once. What
# they held inside of the tunnel is merged behind it; the last one has PSH.
ip -n "$NS_A" link set veth-a gso_max_segs 1
trace gro stream "$VXLAN" $((2 * 1398)) -- "${request[@]}" -N "$NS_B" -i veth-b -d in \
	-I 'tcp dst port 9 and tcp[tcpflags] & tcp-push != 0' \
	'udp dst port 4789'
is "$STATUS" 0 "GRO: exit status"
# In the list of the one that carries it on, up to 6.1 it ends by kfree_skb().
like "$(tree gro)" \
	'^1 1 - (consumed|dropped)\|1 1.1 skb_gro_receive consumed$' \
	"GRO: the family"
is "$(gaps gro)" "" "GRO: no steps are lost"
no_leftovers "nothing is left"
