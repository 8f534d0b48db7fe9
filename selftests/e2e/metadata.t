#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: what is no header: mark, device, namespace, who sends
# requires: root cmd:jq cmd:setpriv
# kernels: one
# In guests, only who sends: that is found out by probes on functions. What the
# classifier is told is the same code everywhere.
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
if in_guest; then
	plan 13
else
	plan 35
fi

NOBODY=65534

new_lab || exit 1
add_devices bridge

declare -A trace_pid=()

# start_one NAME ARGUMENT...: a trace of one packet, beside others
start_one()
{
	start_trace "$1" "${FEW[@]}" -o json -w "$PATIENCE" -W "$TMP/$1.records" \
		"${@:2}"
	trace_pid[$1]=$PID
}

# end_one NAME COLUMN WANT...: of the packet that it has selected
end_one()
{
	PID=${trace_pid[$1]}
	end_trace "$1"
	is "$STATUS" 0 "$1: exit status"
	is "$(json "$1" length)" 1 "$1: one path"
	while [ $# -gt 1 ]; do
		is "$(selected "$1" "$2")" "$3" "$1: $2"
		set -- "$1" "${@:4}"
	done
}

# ------------------------------------------------------------ who sends

# A program that says a word to port 9 for each line that it reads.
# shellcheck disable=SC2016 # the inner shell expands it
exec {TALK}> >(exec nsenter "--net=/run/netns/$NS_A" -- \
	bash -c 'echo $$ >"$0"
		while read -r word; do
			echo "$word" >/dev/udp/10.0.0.1/9
			echo "$word" >"$0.said"
		done' "$TMP/talker")
wait_for "$PATIENCE" test -s "$TMP/talker"
read -r talker <"$TMP/talker"
cp "$(type -P ping)" "$TMP/pong"

has_said()
{
	[ -s "$TMP/talker.said" ]
}

# as_nobody COMMAND...: on A
as_nobody()
{
	on A setpriv --reuid=$NOBODY --clear-groups -- "$@"
}

# nobody_says WORD: not by a program called bash
nobody_says()
{
	# shellcheck disable=SC2016 # the inner shell expands it
	as_nobody bash -c 'echo "$0" >/dev/udp/10.0.0.1/9' "$1"
}

head=28	# bytes of headers; tracepoints see that of Ethernet as well
has_kprobes || head=42
made_here=(-N "$NS_A" -d out)
start_one pid "${made_here[@]}" --pid "$talker" udp dst port 9
start_one uid "${made_here[@]}" --uid $NOBODY udp dst port 9
in_guest || start_one mark -a tracepoint "${made_here[@]}" --mark 0x10/0xf0 icmp
start_one and "${made_here[@]}" --comm pong -m 7 --uid 0 icmp
udp_from A 10.0.0.1 9 a
nobody_says bb
echo ccc >&"$TALK"
wait_for "$PATIENCE" has_said
ping_ttl A 64 10.0.0.1 -m 32
ping_ttl A 64 10.0.0.1 -m 7
ping_ttl A 64 10.0.0.1 -m 23
on A "$TMP/pong" -n -c 1 -W 1 10.0.0.1 >/dev/null 2>&1
on A "$TMP/pong" -n -c 1 -W 1 -m 7 10.0.0.1 >/dev/null 2>&1
end_one pid func output len $((head + 4))
end_one uid func output len $((head + 3))
in_guest || end_one mark func egress mark 23
end_one and func output mark 7
exec {TALK}>&-
if in_guest; then
	no_leftovers "nothing is left"
	exit
fi

# ------------------------------------------------------------ where

inode=$(stat -L -c %i "/run/netns/$NS_A")
in_background sleeper nsenter "--net=/run/netns/$NS_A" -- sleep 600
sleeper=$PID

in_namespace()
{
	[ "$(stat -L -c %i "/proc/$sleeper/ns/net")" = "$inode" ]
}

wait_for "$PATIENCE" in_namespace
filter='icmp[icmptype] = icmp-echo and ip[8] = 77'
start_one exact -N "$inode" -i any --ifname bridge-a "$filter"
start_one prefix -N "$sleeper" -i any -d in --ifname 'macv*' "$filter"
start_one device -N "$NS_A" --ifname low-bridge "$filter"
ping_ttl B 78 10.1.0.2
ping_ttl B 78 10.0.0.2
ping_ttl B 77 10.0.0.2
ping_ttl B 77 10.1.0.2
end_one exact func ingress ifname bridge-a netns "$inode"
end_one prefix func ingress ifname macvlan-a netns "$inode"
end_one device func ingress ifname low-bridge
kill "$sleeper"

# ------------------------------------------------------------ wrong ones

# refused WHAT MESSAGE OPTIONS...
refused()
{
	STATUS=0
	"$BPFPATH" "${FEW[@]}" -N "$NS_A" -w 1 "${@:3}" >"$TMP/bad.out" \
		2>"$TMP/bad.err" || STATUS=$?
	show_talk bad
	is "$STATUS" 2 "$1: exit status"
	like "$(cat "$TMP/bad.err")" "$2" "$1: message"
}

refused "who sends what arrives" 'made here' -d in --uid 0 icmp
refused "a mark that is no number" "mark" --mark red icmp
no_leftovers "nothing is left"
