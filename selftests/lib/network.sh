# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# network.sh: the two nodes of a lab, and packets between them; sourced by lib.sh.

LISTENING=	# the process that serve() has started last
labs=()		# the names of all that new_lab() has made

# mac_of NETNS IFNAME
mac_of()
{
	ip -n "$1" -o link show dev "$2" |
		sed 's|.* link/ether \([0-9a-f:]*\) .*|\1|'
}

# ifindex_of NETNS IFNAME: its number
ifindex_of()
{
	ip -n "$1" -o link show dev "$2" | cut -d: -f1
}

# set_neighbours NETNS IFNAME MAC ADDRESS...: for good
set_neighbours()
{
	local address

	for address in "${@:4}"; do
		echo "neigh replace $address dev $2 lladdr $3 nud permanent"
	done | ip -n "$1" -batch -
}

# new_lab: a lab of a random name; sets LAB, NS_A and NS_B. The nodes know each
# other: no packets but those that a test sends.
new_lab()
{
	LAB=t$$x$RANDOM
	NS_A=bpfpath-$LAB-A
	NS_B=bpfpath-$LAB-B
	labs+=("$LAB")
	"$TOP/scripts/lab.sh" -n "$LAB" up || return
	set_neighbours "$NS_A" macvlan-a "$(mac_of "$NS_B" veth-b)" \
		10.0.0.1 fd00::1
	set_neighbours "$NS_B" veth-b "$(mac_of "$NS_A" macvlan-a)" \
		10.0.0.2 fd00::2
}

# on A|B COMMAND...: run it on that node of the lab
on()
{
	nsenter "--net=/run/netns/bpfpath-$LAB-$1" -- "${@:2}"
}

# ping_peer ADDRESS: one echo request from A to B
ping_peer()
{
	on A ping -n -c 1 -W 1 "$1" >/dev/null 2>&1
}

# send_udp ADDRESS PORT: one datagram from A to B
send_udp()
{
	# shellcheck disable=SC2016 # the inner shell expands it
	on A bash -c 'echo hello >"/dev/udp/$0/$1"' "$1" "$2"
}

# send_syn ADDRESS PORT: try to connect from A to B, where nobody listens
send_syn()
{
	# shellcheck disable=SC2016 # the inner shell expands it
	! on A bash -c ': >"/dev/tcp/$0/$1"' "$1" "$2" 2>/dev/null
}

# serve A|B NAME COMMAND...: starts it in the background on that node, and waits until any
# output of it says that it is ready; sets PID and LISTENING
serve()
{
	: >"$TMP/$2.out"
	in_background "$2" nsenter "--net=/run/netns/bpfpath-$LAB-$1" -- "${@:3}"
	LISTENING=$PID
	wait_for "$PATIENCE" test -s "$TMP/$2.out"
}

# mute: ends what "serve" has started
mute()
{
	kill "$LISTENING"
	wait_end "$LISTENING" 2>/dev/null || true
}

# no_leftovers WHAT: a result: there are no pins, and in the lab no qdiscs and no filters
no_leftovers()
{
	is "$(run_state; tc_state "$NS_A"; tc_state "$NS_B")" "" "$1"
}

# end_labs: removes all labs of this file
end_labs()
{
	local lab

	for lab in "${labs[@]}"; do
		"$TOP/scripts/lab.sh" -n "$lab" down 2>/dev/null
	done
}
