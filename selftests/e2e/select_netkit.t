#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: packets are selected whatever a program of netkit does with them
# requires: root cmd:jq tool:hook
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"

VERDICTS=9	# of hook.c, …
FIRST=100	# … by TTL

new_lab || exit 1
# nk-a in A, which is the node, and nk-b in B, which is the pod
add_netkit || skip_all "kernel $(uname -r), or its ip(8), has no netkit"
mount_quietly
plan 8

# send_all A|B ADDRESS: an echo request for each verdict
send_all()
{
	local i

	for ((i = 0; i < VERDICTS; i++)); do
		on "$1" ping -n -c 1 -W 0.1 -t $((FIRST + i)) "$2" >/dev/null 2>&1
	done
}

# selects_all HOOK A|B ADDRESS NETNS IFNAME: what is sent by the device of that node, where
# somebody's program decides, is selected, each packet once
selects_all()
{
	serve A "netkit-$1" "$TOOLS/hook" "$1" first nk-a \
		"$(ifindex_of "$NS_A" veth-a)"
	start_trace "$1" "${FEW[@]}" -N "$4" -i "$5" -d out -c 0 -o json \
		"icmp[0] = 8 and ip[8] >= $FIRST and ip[8] < 110" || return
	send_all "$2" "$3"
	wait_for 10 has_lines "$1" "$VERDICTS"
	kill -INT "$PID"
	end_trace "$1"
	is "$(json "$1" length)" "$VERDICTS" "$1: one path for each verdict"
	like "$(json "$1" 'sort_by(.packet)[1].end | .how + " in " + .location')" \
		'^dropped in netkit_xmit\+' "$1: what is shot is dropped"
	mute
}

selects_all peer B 10.76.0.2 "$NS_B" nk-b
selects_all primary A 10.76.0.1 "$NS_A" nk-a

# At the other end it is too late for some, and that is said.
serve A netkit-late "$TOOLS/hook" peer first nk-a 1
start_trace late "${FEW[@]}" -N "$NS_A" -i nk-a -d in -c 0 -o json 'icmp[0] = 8'
is "$(grep netkit "$TMP/late.err" | sed 's/ (id [0-9]*)//')" \
	"bpfpath: nk-a ingress: program 'somebody' of netkit sees packets first, where the other end sends them" \
	"the other end: who is there is said"
on B ping -n -c 1 -W 0.1 -t 101 10.76.0.2 >/dev/null 2>&1
on B ping -n -c 1 -W 1 -t 104 10.76.0.2 >/dev/null 2>&1
wait_for 10 has_lines late 1
kill -INT "$PID"
end_trace late
mute
is "$(json late length)" 1 "the other end: what is handed on is selected"

# tcx on a netkit device
trace tcx on B ping -n -c 1 -W 1 10.76.0.2 -- "${FEW[@]}" -N "$NS_A" -i nk-a -d in -s tcx \
	-o json 'icmp[0] = 8'
is "$STATUS" 0 "-s tcx: exit status"
no_leftovers "nothing is left"
