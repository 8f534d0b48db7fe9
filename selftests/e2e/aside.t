#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: --aside: functions without a packet that work for the one traced
# requires: root cmd:jq cmd:ping
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
plan 19

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

STATUS=0
"$BPFPATH" -a tracepoint --aside -N "$NS_B" icmp >"$TMP/out" 2>"$TMP/err" ||
	STATUS=$?
is "$STATUS" 4 "tracepoint: exit status"
like "$(<"$TMP/err")" 'need kprobe or multi, not tracepoint' "tracepoint: message"

if ! has_kprobes; then
	for _ in {1..17}; do
		skip "asides" "no kprobes on $(uname -r)"
	done
	exit
fi

# Routes that are kept from then on are looked up, and made, by the first.
beyond || true
traced quiet kprobe
ok "quiet: a route is looked up" between quiet fib_table_lookup ip_rcv_core \
	ip_forward
ok "quiet: nothing before and nothing behind" while_under_way quiet
is "$(json quiet '.[0].complete')" true "quiet: its steps are complete"
unlike "$(json quiet '.[0].events[].func')" 'fib_table_lookup' \
	"quiet: it is no step"

chatter
noise=$PID
traced noisy kprobe
kill "$noise"
ok "noisy: a route is looked up" between noisy fib_table_lookup ip_rcv_core \
	ip_forward
ok "noisy: nothing before and nothing behind" while_under_way noisy
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

# ------------------------------------------------------------ other forms

echo 'fib_table_lookup 0' >"$TMP/one.list"
trace text beyond -- -a kprobe "${FEW[@]}" --aside-funcs "$TMP/one.list" -w 120 -N "$NS_B" \
	-i veth-b -d in "icmp and dst host $BEYOND"
is "$STATUS" 0 "a list: exit status"
like "$(<"$TMP/text.out")" $'\n *\\(fib_table_lookup\\)\n' "a list: text"
unlike "$(<"$TMP/text.out")" '\((dst_|rt_)' "a list: no other"
trace none beyond -- -a kprobe -o records "${FEW[@]}" -w 120 -N "$NS_B" \
	-i veth-b -d in "icmp and dst host $BEYOND"
is "$(records none aside func)" '' "not asked for: none"
STATUS=0
"$BPFPATH" -a kprobe -r pipe --aside "${FEW[@]}" -N "$NS_B" icmp \
	>"$TMP/out" 2>"$TMP/err" || STATUS=$?
is "$STATUS" 4 "-r pipe: exit status"
no_leftovers "nothing is left"
