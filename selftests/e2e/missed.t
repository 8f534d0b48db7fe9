#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: probes that the kernel does not run are counted, the path has gaps
# requires: root cmd:jq cmd:setpriv tool:hog kprobes
# All kernels that count them.
. "${BASH_SOURCE%/*}/../lib.sh"

PACKETS=20	# where nothing else runs, and …
BESIDE=100	# … beside what keeps probes from being run: not each is hit

since 6 7 || skip_all "kernel $(uname -r) does not count missed kprobes"
modprobe -q sch_netem || skip_all "kernel $(uname -r) has no netem"
plan 9

new_lab || exit 1

# Packets that wait at A come to B when a timer says so, whatever runs then.
tc -n "$NS_A" qdisc add dev veth-a root netem delay 3ms

# send COUNT: one echo request after the other, by a user whose packets the shared
# trace (shared.sh) does not take: it would miss probes as well
send()
{
	on A setpriv --reuid=65534 --clear-groups -- \
		ping -n -c "$1" -i 0.02 -W 2 10.0.0.1 >/dev/null 2>&1
}

send_calmly()
{
	send $PACKETS
}

# send_beside_hog: the same, while programs of kprobes often are not run
send_beside_hog()
{
	local hog

	"$TOOLS/hog" &
	hog=$!
	send $BESIDE
	kill "$hog"
	wait "$hog"
}

# arrive NAME TRIGGER COUNT OPTIONS...
arrive()
{
	trace "$1" "$2" -- -N "$NS_B" -i veth-b -c "$3" -w 60 -o json \
		"${FEW[@]}" "${@:4}" icmp 10.0.0.2
}

arrive calm send_calmly $PACKETS
whole=$(json calm 'map(.events | length) | max')
is "$(json calm 'map(select(.complete and .missed == 0)) | length')" $PACKETS \
	"nothing is missed where nothing else runs"

for how in kprobe multi; do
	arrive "$how" send_beside_hog $BESIDE -a "$how"
	is "$STATUS" 0 "$how: exit status"
	is "$(json "$how" length)" $BESIDE "$how: all packets"
	ok "$how: some paths have gaps" [ "$(json "$how" \
		'map(select(.complete | not)) | length')" -gt 0 ]
	is "$(json "$how" "map(select((.events | length) < $whole and
		(.complete or .missed == 0))) | length")" 0 \
		"$how: no path with a gap is said to be complete"
done
