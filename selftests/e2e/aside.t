#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: --aside: functions without a packet that work for the one traced
# requires: root cmd:jq cmd:ping kprobes
# All kernels: each has other mechanisms, and other functions for a route.
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
plan 11

# asides NAME: those of the selected packet, a line each
asides()
{
	json "$1" '.[].aside // [] | .[].func'
}

# between NAME ASIDE FIRST SECOND: it was reached when the packet had been in
# the function FIRST, before SECOND
between()
{
	[ "$(json "$1" ".[0]
		| (.events | map(select(.func == \"$3\"))[0].ns) as \$first
		| (.events | map(select(.func == \"$4\"))[0].ns) as \$second
		| .aside | map(select(.func == \"$2\" and .ns > \$first and
			.ns < \$second)) | length > 0")" = true ]
}

# while_under_way NAME: none was reached before the selection or after the end
while_under_way()
{
	# shellcheck disable=SC2016 # those are variables of jq
	[ "$(json "$1" '.[0] | .start_ns as $first | (.events[-1].ns) as $last
		| .aside | all(.ns > $first and .ns < $last)')" = true ]
}

# beyond: one echo request through B
beyond()
{
	ping_peer "$BEYOND"
}

# chatter: packets that nobody asked for, until it is ended; sets PID
chatter()
{
	# shellcheck disable=SC2016 # the inner shell expands it
	in_background chatter nsenter "--net=/run/netns/$NS_A" -- bash -c '
		while :; do
			echo x >/dev/udp/10.0.0.1/9
			echo x >"/dev/udp/$0/9"
		done' "$BEYOND"
}

# traced NAME ATTACH
traced()
{
	trace "$1" beyond -- -a "$2" -f "$TMP/steps.list" --aside -o json -w 120 -N "$NS_B" \
		-i veth-b -d in "icmp and dst host $BEYOND"
	is "$STATUS" 0 "$1: exit status"
}

new_lab && add_forwarding || exit 1
{ cat "$TOP/selftests/e2e/few.list"; printf '%s 0\n' ip_rcv_core ip_forward; } \
	>"$TMP/steps.list"

# Routes that are kept from then on are looked up, and made, by the first.
beyond || true
# The first packet has silence, the second one other traffic beside it.
start_trace both -a kprobe -f "$TMP/steps.list" --aside -o json -c 2 -w "$PATIENCE" \
	-N "$NS_B" -i veth-b -d in "icmp and dst host $BEYOND" || exit 1
both=$PID
beyond || true
chatter
noise=$PID
beyond || true
PID=$both
end_trace both
kill "$noise"
is "$STATUS" 0 "exit status"
for number in 1 2; do
	name=$([ $number = 1 ] && echo quiet || echo noisy)
	jq -c "select(.packet == $number)" "$TMP/both.out" >"$TMP/$name.out"
	ok "$name: a route is looked up" between "$name" fib_table_lookup \
		ip_rcv_core ip_forward
	ok "$name: nothing before and nothing behind" while_under_way "$name"
done
is "$(json quiet '.[0].complete')" true "quiet: its steps are complete"
unlike "$(json quiet '.[0].events[].func')" 'fib_table_lookup' \
	"quiet: it is no step"
is "$(asides noisy | sort | uniq -c)" "$(asides quiet | sort | uniq -c)" \
	"noisy: the same as in silence"

if "$BPFPATH" list -q -a multi "${FEW[@]}" >/dev/null 2>&1; then
	traced multi multi
	is "$(asides multi | sort | uniq -c)" \
		"$(asides quiet | sort | uniq -c)" "multi: the same"
else
	skip "multi: exit status" "no kprobe.multi"
	skip "multi: the same" "no kprobe.multi"
fi

no_leftovers "nothing is left"
