#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: trace on until a packet takes another route than the first ones
# requires: root cmd:jq cmd:ping
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 19

new_lab || exit 1

lab()
{
	"$TOP/scripts/lab.sh" -n "$LAB" "$@"
}

# left: what the last run has left behind
left()
{
	left_of "$PID"
	tc_state "$NS_A"
}

pings()
{
	on A ping -c "$1" -i 0.2 -W 1 10.0.0.1 >/dev/null
}

# fault: the fourth reply has a wrong MAC address; more of them would come
fault()
{
	pings 3	# good routes are learnt from these
	lab break
	pings 1
	until_gone "$PID"
}

# until_gone PID: pings go on until it has ended
until_gone()
{
	local tries=0

	until is_gone "$1" || [ "$((tries += 1))" -gt 50 ]; do
		pings 1
		sleep 0.2
	done
}

ON_A=("${FEW[@]}" -N "$NS_A" -i any -d in -w 30)

trace fault fault -- --until-differs -W "$TMP/saved" "${ON_A[@]}" icmp 10.0.0.1
is "$STATUS" 1 "a packet differs: exit status"
like "$(<"$TMP/fault.out")" '- first: packet 1( and [12] more)?: icmp' \
	"what it is compared with"
like "$(<"$TMP/fault.out")" $'\n\+ other: packet [0-9]+: icmp' "which one it is"
like "$(<"$TMP/fault.out")" $'\n  in  .* ip_rcv_core\+' "where it was dropped"
like "$(<"$TMP/fault.out")" $'\nanother route: ' "the verdict"
is "$(left)" "" "nothing is left"
"$BPFPATH" -o json show "$TMP/saved" >"$TMP/saved.json" 2>"$TMP/saved.err"
is "$?" 0 "what it has seen is saved: exit status of show"
unlike "$(<"$TMP/saved.err")" 'no newline' "… in whole lines"
is "$(jq -s 'map(.end.how == "dropped") | index(true)' "$TMP/saved.json")" 3 \
	"… up to the one that differs"
"$BPFPATH" --until-differs -q show "$TMP/saved" >"$TMP/again"
is "$?" 1 "show --until-differs: exit status"
like "$(<"$TMP/again")" '^another route: .* \| dropped in ip_rcv_core: addressed to another host' \
	"show --until-differs: the verdict"

lab mend
ping_peer 10.0.0.1

trace sound pings 3 -- --until-differs=2 "${ON_A[@]}" -w 2 icmp 10.0.0.1
is "$STATUS" 0 "none differs, -w: exit status"
like "$(<"$TMP/sound.out")" '^ingress, 3 packets: the same route, [0-9]+ steps?' \
	"none differs: what is said"

interrupted()
{
	pings 2
	kill -INT "$PID"
}
trace interrupted interrupted -- --until-differs=1 -o json "${ON_A[@]}" icmp 10.0.0.1
is "$STATUS" 0 "none differs, interrupted: exit status"
is "$(jq -c '[.same, .good.packets]' "$TMP/interrupted.out")" '[true,2]' \
	"none differs: JSON"

trace counted pings 3 -- --until-differs=1 -c 2 -q "${ON_A[@]}" icmp 10.0.0.1
is "$STATUS $(head -n 1 "$TMP/counted.out")" \
	"0 $(grep -o '^ingress, 2 packets: the same route, [0-9]* steps*' \
		"$TMP/counted.out")" "none differs, -c 2"

trace none true -- --until-differs "${ON_A[@]}" -w 1 icmp 10.0.0.1
is "$STATUS" 3 "no packet: exit status"
"$BPFPATH" --until-differs -a tracepoint -i nonesuch icmp 10.0.0.1 \
	>"$TMP/out" 2>"$TMP/err"
is "$?" 2 "trouble: exit status"
is "$(left)" "" "nothing is left at the end"
