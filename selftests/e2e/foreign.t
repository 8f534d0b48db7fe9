#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: qdiscs and filters of others stay, and still see every packet
# requires: root cmd:clang cmd:bpftool cmd:jq
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 14

PASS_ON=-1	# TC_ACT_UNSPEC
END=0		# TC_ACT_OK

new_lab || exit 1
# add_foreign PREF VERDICT: a filter of somebody else on veth-b that counts
# IPv4 packets (neighbours are looked up at any time); its map's id goes to map_PREF
add_foreign()
{
	local pin=/sys/fs/bpf/foreign$$

	clang -O2 -g -target bpf "-DVERDICT=$2" -c \
		"$TOP/selftests/e2e/foreign.c" -o - >"$TMP/count.o"
	bpftool prog load "$TMP/count.o" "$pin" type classifier
	bpftool -j prog show pinned "$pin" | jq '.map_ids[0]' >"$TMP/map_$1"
	nsenter "--net=/run/netns/$NS_B" tc filter add dev veth-b ingress \
		pref "$1" handle 7 protocol ip bpf direct-action \
		object-pinned "$pin"
	rm "$pin"
}

# both_counts: what the two filters have counted, a line each
both_counts()
{
	local pref

	for pref in 1 10; do
		bpftool -j map dump id "$(<"$TMP/map_$pref")"
	done | jq '.[0].formatted.value'
}

# counts: how many packets both filters see during a ping
counts()
{
	local old new

	mapfile -t old < <(both_counts)
	ping_peer 10.0.0.1
	mapfile -t new < <(both_counts)
	echo $((new[0] - old[0])) $((new[1] - old[1]))
}

"$BPFPATH" check >/dev/null 2>&1	# mounts what is needed
mountpoint -q /sys/fs/bpf || mount -t bpf bpf /sys/fs/bpf
nsenter "--net=/run/netns/$NS_B" tc qdisc add dev veth-b clsact
add_foreign 1 "$PASS_ON"
add_foreign 10 "$END"
before=$(tc_state "$NS_B")
ping_peer 10.0.0.1
is "$(counts)" "1 1" "without a trace both filters see the packet"

start_trace ours "${FEW[@]}" -N "$NS_B" -o json -w 60 -s clsact udp 10.0.0.2
is "$(tc_state "$NS_B" | grep -o 'name [a-z]* ' | uniq | paste -sd' ')" \
	"name foreign  name bpfpath  name foreign " \
	"ours takes a free place between theirs"
is "$(counts)" "1 1" "packets that do not match reach both"
send_udp 10.0.0.1 9
end_trace ours
is "$STATUS" 0 "the trace: exit status"
is "$(tc_state "$NS_B")" "$before" "everything of theirs is as before"

trace matched counts -- "${FEW[@]}" -N "$NS_B" -o json -w 60 icmp 10.0.0.2 \
	>"$TMP/counts"
is "$(grep -v ^ok "$TMP/counts")" "1 1" "a packet that matches reaches both"
is "$(json matched '.[0].end.how')" consumed "and its path is shown"

"$BPFPATH" clean 2>/dev/null
is "$(tc_state "$NS_B")" "$before" "clean removes nothing of theirs"

# Somebody else uses the qdisc that a run has made.
nsenter "--net=/run/netns/$NS_B" tc qdisc del dev veth-b clsact
start_trace made "${FEW[@]}" -N "$NS_B" -o json -w 60 icmp 10.0.0.2
add_foreign 10 "$END"
ping_peer 10.0.0.1
end_trace made
is "$STATUS" 0 "their filter on our qdisc: exit status"
like "$(tc_state "$NS_B")" 'clsact.*name foreign' \
	"their filter on our qdisc: both stay"
unlike "$(tc_state "$NS_B")" 'name bpfpath' \
	"their filter on our qdisc: ours goes"
add_foreign 1 "$PASS_ON"
is "$(counts)" "1 1" "their filter on our qdisc: it sees packets"

# An ingress qdisc is not a clsact, but classifies as well.
nsenter "--net=/run/netns/$NS_B" tc qdisc del dev veth-b clsact
nsenter "--net=/run/netns/$NS_B" tc qdisc add dev veth-b ingress
trace ingress ping_peer 10.0.0.1 -- "${FEW[@]}" -N "$NS_B" -o json -w 60 \
	icmp 10.0.0.2
is "$STATUS" 0 "an ingress qdisc: exit status"
is "$(nsenter "--net=/run/netns/$NS_B" tc qdisc show dev veth-b ingress |
	cut -d' ' -f1,2)" "qdisc ingress" "an ingress qdisc: it stays"
