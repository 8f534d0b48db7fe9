#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: namespaces by their names, flows and chosen columns of real packets
# requires: root cmd:ping
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 8

new_lab || exit 1

pings()
{
	on A ping -c 1 -W 1 10.0.0.1 >/dev/null
}

trace records pings -- -o records -w 60 -N "$NS_A" -d in icmp 10.0.0.1
is "$STATUS" 0 "exit status"
like "$(<"$TMP/records.out")" $'\n# netns: [0-9]+ '"$NS_A"$'\n' \
	"records name the namespace"
if [ -e /proc/1/ns/net ]; then
	like "$(<"$TMP/records.out")" $'\n# netns: [0-9]+ init\n' \
		"and that of process 1"
else
	skip "and that of process 1" "/proc/1/ns/net is not to be seen here"
fi

# shown ARG...: what is printed of these records
shown()
{
	"$BPFPATH" "$@" show "$TMP/records.out" 2>/dev/null
}

like "$(shown)" "selected at ingress of [a-z]+-a, netns $NS_A, " "by name"
like "$(shown)" $'\n  10.0.0.1 > 10.0.0.2, icmp echo reply, id [0-9]+, sequence 1\n' \
	"what packet it is"
like "$(shown -C flow,netns,icmp)" \
	$'\n  source > destination +netns +icmp +function\n  10.0.0.1 > 10.0.0.2 +'"$NS_A +0/0/[0-9]+/1 " \
	"chosen columns"
is "$(shown -o json | jq -r 'select(.packet) | .events[0] | .netns_name + " " + .saddr')" \
	"$NS_A 10.0.0.1" "in JSON"

# late: a namespace that is made during the run
late()
{
	ip netns add "$NS_A-late"
	on A ip link add late type veth peer name late netns "$NS_A-late"
	on A ip addr add 10.9.0.1/24 dev late
	on A ip link set late up
	ip -n "$NS_A-late" addr add 10.9.0.2/24 dev late
	ip -n "$NS_A-late" link set late up
	on A ping -c 1 -W 1 10.9.0.2 >/dev/null
}

trace late late -- -o records -w 60 -N "$NS_A" -d out 'icmp and host 10.9.0.2'
ip netns del "$NS_A-late"
is "$(grep -c "^# netns: .* $NS_A-late$" "$TMP/late.out")" 1 \
	"a namespace that was made later"
