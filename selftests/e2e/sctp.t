#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: SCTP: its module is not there; what becomes of what a program reads
# requires: root kprobes cmd:jq tool:inject tool:stream
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
plan 8

PORT=97		# where a program listens
CLOSED=98	# where none does

new_lab || exit 1
MAC_A=$(mac_of "$NS_A" macvlan-a)
MAC_B=$(mac_of "$NS_B" veth-b)

# by_hand: a packet of that protocol, of IPv4 and of IPv6
by_hand()
{
	frame "$MAC_B" "$MAC_A" 0800 "$(ip4 132 10.0.0.2 10.0.0.1 \
		"$(zeros 12)")" | inject A frame macvlan-a
	frame "$MAC_B" "$MAC_A" 86dd "$(ip6 132 "$(printf 'fd00%028x' 2)" \
		"$(printf 'fd00%028x' 1)" "$(zeros 12)")" |
		inject A frame macvlan-a
}

# by_program: a message that is read, and an INIT for nobody
by_program()
{
	local PID

	serve B listen "$TOOLS/stream" sctp listen $PORT &&
		on A "$TOOLS/stream" sctp send 10.0.0.1 $PORT 100
	wait_end "$PID"
	on A "$TOOLS/stream" sctp send 10.0.0.1 $CLOSED 1
}

# is_loaded: a module cannot be removed while something uses it
is_loaded()
{
	[ -e /sys/module/sctp ] && ! modprobe -qr sctp
}

# ended NAME N: what became of the Nth packet, and its family's members that a program
# has got
ended()
{
	json "$1" "map(select(.packet == $2))[0] | \"\(.end.how) \(.end.what) \" +
		(.family.delivered | join(\",\"))"
}

# says NAME TEXT: a line of its text is that
says()
{
	"$BPFPATH" show "$TMP/$1.records" 2>/dev/null | grep -xF "$2" >/dev/null
}

# ---------------------------------------------------------------- no module

reason=
since 5 17 && reason=' \(IP_NOPROTO\)'
if is_loaded; then
	skip "no module: IPv4" "something uses the module"
	skip "no module: IPv6" "something uses the module"
else
	trace without by_hand -- "${FEW[@]}" -o json -c 2 -w 60 -N "$NS_B" \
		-i veth-b -d in 'ip proto 132 or ip6 proto 132'
	like "$(json without '.[0].end.verdict')" \
		"^dropped in ip_[a-z_]*: nobody here handles SCTP$reason\$" \
		"no module: IPv4"
	like "$(json without '.[1].end.verdict')" \
		"^dropped in ip6_[a-z_]*: nobody here handles SCTP$reason\$" \
		"no module: IPv6"
fi

# ---------------------------------------------------------------- the module

modprobe sctp || exit 1
trace with by_program -- -o json -W "$TMP/with.records" -c 2 -w 60 -N "$NS_B" \
	-i veth-b -d in "sctp[12] = 0 or (sctp[12] = 1 and dst port $CLOSED)"
"$BPFPATH" show "$TMP/with.records" >&2
is "$(ended with 1)" "consumed taken by the kernel 1.1" \
	"a message that a program reads: its clone is delivered"
ok "it is said of the family" says with \
	"packet 1 with 1 relative: delivered to a socket (1.1), complete"
ok "and of the clone" says with \
	"  done with in sctp_recvmsg: the program has read it"
is "$(json with '.[0].end.verdict')" "its message was read by a program" \
	"and of the packet"
is "$(ended with 2)" "consumed taken by the kernel " "an INIT for no socket"
is "$(json with '.[1].end.verdict')" \
	"SCTP has taken it: whether it is for a socket does not show here" \
	"it is not said to be delivered"
