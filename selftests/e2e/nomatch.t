#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: a run without a packet says what has passed, and what matched elsewhere
# requires: root cmd:jq tool:hook
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"

tests=11
! has_tcx || tests=$((tests + 3))
plan $tests
new_lab || exit 1
mount_quietly
LOOK=(-a tracepoint "${FEW[@]}" -w 2)

ping_three()
{
	on A ping -n -c 3 -i 0.2 -W 0.5 -t 101 10.0.0.1 >/dev/null 2>&1
}

# no_packet NAME OPTION...: traces in B while A pings it, without a match; "why": what is
# said of that, a line each, the namespaces without their numbers
no_packet()
{
	trace "$1" ping_three -- "${LOOK[@]}" "${@:2}"
	why=$(sed -n '1,/no packet matched/!p' "$TMP/$1.err" |
		sed "s/^bpfpath: //; s/$NS_A/A/g; s/$NS_B/B/g; s/ (id [0-9]*)//")
	is "$STATUS" 3 "$1: exit status"
}

# says REGEX WHAT: one of the lines of "why" is such
says()
{
	like "$why" "(^|"$'\n'")$1("$'\n'"|$)" "$2"
}

no_packet direction -N "$NS_B" -i veth-b -d in icmp and src host 10.0.0.1
says "matched, but in the other direction \(-d in\): 3 left by 'veth-b'" "the other direction"
says "seen: [0-9]+ arrived at 'veth-b'" "how many were seen where"

no_packet interface -N "$NS_B" -i lo icmp and dst host 10.0.0.1
says "matched, but at another interface than lo: 3 arrived at 'veth-b'" "another interface"
says "no packet was seen at lo" "none was seen"

no_packet netns -N "$NS_A" -s receive -d in icmp and dst host 10.0.0.1
says "matched, but in another network namespace \(-N A\): 3 arrived at 'veth-b' in namespace B" \
	"another namespace, and -s receive"

no_packet mark -N "$NS_B" -i veth-b -m 5 -d in icmp and dst host 10.0.0.1
says "matched, but for the mark \(-m 5\): .*3 arrived at 'veth-b' with 0x0.*" "another mark"
unlike "$why" "direction|interface than|another network" "nothing else"

# by this TTL a program of somebody else (hook.c) drops it before the classifier
if has_tcx; then
	serve B front "$TOOLS/hook" ingress first veth-b \
		"$(ifindex_of "$NS_B" lo)"
	no_packet front -N "$NS_B" -i veth-b -s clsact -d in icmp and dst host 10.0.0.1
	says "matched, but did not come to where packets are selected: 3 arrived at 'veth-b'" \
		"somebody's program takes them"
	says "veth-b ingress: program 'somebody' stands in front: packets that it takes are not selected" \
		"... and is named behind that"
	mute
fi
