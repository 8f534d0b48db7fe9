#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: --until-differs: a cold neighbour cache is no other route, a wrong MAC is
# requires: root kprobes cmd:ping
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
plan 12

WRONG_MAC=02:00:00:00:00:99
COLD='differs only by a cold neighbour cache'

new_lab || exit 1

cat "${FEW[1]}" - >"$TMP/list" <<'END'
ip_output 0 2
ip_rcv_core 0
neigh_resolve_output 0 2
__neigh_event_send 0 2
__dev_queue_xmit 0
END
ON_A=(-f "$TMP/list" -N "$NS_A" -i any -d out -w 60)

# forget: A does not know B's MAC address
forget()
{
	ip -n "$NS_A" neigh flush dev macvlan-a nud all 2>/dev/null
}

# pings N: each is answered, so what was selected of it has come to its end
pings()
{
	on A ping -c "$1" -i 0.2 -W 10 10.0.0.1 >/dev/null
}

# fault: the third request goes to nobody
fault()
{
	pings 2
	ip -n "$NS_A" neigh replace 10.0.0.1 dev macvlan-a lladdr "$WRONG_MAC" \
		nud permanent
	ping_peer 10.0.0.1
}

forget
trace fault fault -- --until-differs=1 "${ON_A[@]}" icmp and dst host 10.0.0.1
is "$STATUS" 1 "a wrong MAC address: exit status"
like "$(<"$TMP/fault.err")" "packet 2 $COLD" "the first packet met a cold cache"
like "$(<"$TMP/fault.out")" $'\n\+ other: packet 3: ' "which one differs"
like "$(<"$TMP/fault.out")" $'\nanother route: last common function ip_rcv_core' \
	"where it was lost"

# Good packets, in a file, of a time when A knew the address.
forget
pings 1
trace good pings 2 -- -c 2 -o records "${ON_A[@]}" icmp and dst host 10.0.0.1
is "$STATUS" 0 "good packets are saved"
forget
trace baseline fault -- --baseline "$TMP/good.out" "${ON_A[@]}" \
	icmp and dst host 10.0.0.1
is "$STATUS" 1 "a baseline: exit status"
like "$(<"$TMP/baseline.err")" "packet 1 $COLD" "a baseline: the first one is cold"
like "$(<"$TMP/baseline.out")" $'\n\+ other: packet 3: ' \
	"a baseline: which one differs"

forget
trace cold pings 2 -- --until-differs=1 -c 2 -W "$TMP/saved" "${ON_A[@]}" \
	icmp and dst host 10.0.0.1
is "$STATUS" 0 "nothing else differs: exit status"
like "$(<"$TMP/cold.out")" '^output, 2 packets: each took one of 2 good routes$' \
	"nothing else differs: what is said"
"$BPFPATH" --until-differs=1 show "$TMP/saved" >"$TMP/again" 2>"$TMP/again.err"
is "$? $(grep differs "$TMP/again.err")" "0 bpfpath: packet 2 $COLD" \
	"show says it, too"
is "$(left_of "$PID")" "" "nothing is left"
