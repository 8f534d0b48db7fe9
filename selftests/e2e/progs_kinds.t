#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: BPF programs of others beside tc are steps: of sockets, cgroups, routes, and
# flow dissectors
# requires: root kprobes cmd:jq tool:kinds
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
plan 12

PINNED=/sys/fs/bpf/somebody$$ TMP_CGROUP=$(mktemp -d)
CGROUP=$TMP_CGROUP/bpfpath-test$$

new_lab && add_forwarding || exit 1
mount_quietly
SERVED=()
end_kinds()
{
	rm -f "$PINNED"-*
	for LISTENING in "${SERVED[@]}"; do
		mute
	done
	wait_for 10 rmdir "$CGROUP" 2>/dev/null
	umount "$TMP_CGROUP" && rmdir "$TMP_CGROUP"
	clean_up
}

# kind NAME [COMMAND...]: a program of somebody else, in B
kind()
{
	serve B "$@"
	SERVED+=("$LISTENING")
}
trap end_kinds EXIT

# lwt HOOK RESULT NET: a route of B whose program gives that
lwt()
{
	"$TOOLS/kinds" "lwt-$1" "$2" "$PINNED-$1" >"$TMP/$1.said" &
	wait_for 10 grep -q ready "$TMP/$1.said" || exit 1
	kill $!
	on B ip route add "$3" encap bpf "$1" pinned "$PINNED-$1" dev forward-b
}

mount -t cgroup2 none "$TMP_CGROUP" && mkdir "$CGROUP" || exit 1
kind filtered "$TOOLS/kinds" socket 0 21
kind cut "$TOOLS/kinds" socket 5 22
# shellcheck disable=SC2016 # that shell expands it
kind member bash -c 'echo $$ >"$1/cgroup.procs" && exec "$2" socket 65535 23' - \
	"$CGROUP" "$TOOLS/kinds"
kind cgroup "$TOOLS/kinds" cgroup-in 0 "$CGROUP"
lwt in 2 10.99.0.0/16
lwt out 0 10.98.0.0/16
lwt xmit 2 10.97.0.0/16
kind flow "$TOOLS/kinds" flow 0
# flower has the dissector look at each packet
on B tc qdisc add dev veth-b clsact &&
	on B tc filter add dev veth-b ingress pref 50 protocol ip flower ip_proto icmp action pass ||
	exit 1
ip -n "$NS_A" route add 10.96.0.0/14 via 10.0.0.1 || exit 1

packets()
{
	local to

	for to in 21 22 23; do
		send_udp 10.0.0.1 "$to"
	done
	for to in 10.99.0.1 10.98.0.1 10.97.0.1 10.0.0.1; do
		ping_peer "$to"
	done
}

trace kinds packets -- -q -c 7 -o records -w 60 -N "$NS_B" -d in 'udp or icmp[0] == 8'
is "$STATUS" 0 "exit status"
"$BPFPATH" -q -o json show "$TMP/kinds.out" >"$TMP/json.out"

# passed FILTER [HOOKS]: hooks and verdicts of the programs that such a packet has passed
passed()
{
	json json "map(select(.events[0] | $1))[0].events |
		map(select(.prog and ${2:-.hook != \"flow_dissector\"}) |
		.func + \" \" + .hook + \" \" + .verdict) | join(\"; \")"
}

prog=somebodys_classifier
is "$(passed '.dport == 21')" "$prog socket_filter drop" "a socket's filter drops"
is "$(passed '.dport == 22')" "$prog socket_filter keep 5 bytes" "... or cuts"
is "$(passed '.dport == 23')" \
	"$prog cgroup_skb drop" "a cgroup's program drops"
is "$(passed '.daddr == "10.99.0.1"')" "$prog lwt BPF_DROP" "a route's, as it comes in"
is "$(passed '.daddr == "10.98.0.1"')" "$prog lwt BPF_OK" "... and as it goes out"
is "$(passed '.daddr == "10.97.0.1"')" "$prog lwt BPF_DROP" "... and as it is sent"
is "$(passed '.daddr == "10.0.0.1" and .proto == "icmp"' true)" "$prog flow_dissector BPF_OK" \
	"the namespace's flow dissector"

# verdict FILTER: how it has ended
verdict()
{
	json json "map(select(.events[0] | $1))[0].end.verdict"
}

like "$(verdict '.dport == 21')" "dropped by .*program $prog \(id [0-9]+\)" \
	"the verdict: a socket's filter"
like "$(verdict '.dport == 23')" "dropped by .*program $prog \(id [0-9]+\)" "... a cgroup's"
like "$(verdict '.daddr == "10.99.0.1"')" "dropped by .*program $prog \(id [0-9]+\)" \
	"... a route's"
unlike "$(verdict '.dport == 22')" "$prog" "what a filter cuts is not dropped by it"
