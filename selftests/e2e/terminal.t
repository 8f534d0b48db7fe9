#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: a person at a terminal: the line while waiting, colour, Ctrl-C
# requires: root tool:sink cmd:script cmd:ping
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 16

new_lab || exit 1

ERASE=$'\r\e\\[K'	# in a regular expression

# on_terminal NAME ARG...: bpfpath.sh with a terminal, in the background, until
# it traces; what the terminal gets is in $TMP/NAME.tty, and what is typed there
# comes from $TMP/NAME.keys. It takes the place of script's shell: not all shells
# (dash) live on when a Ctrl-C reaches them and their command.
on_terminal()
{
	local name=$1 command

	shift
	printf -v command '%q ' exec "$BPFPATH" "${FEW[@]}" -N "$NS_A" -i any -d in "$@"
	mkfifo "$TMP/$name.keys"
	exec 4<>"$TMP/$name.keys"
	# shellcheck disable=SC2016 # of the inner shell
	TERM=xterm NO_COLOR='' in_background "$name" \
		bash -c 'exec script -qefc "$1" "$2" <>"$3"' on_terminal \
		"$command" "$TMP/$name.tty" "$TMP/$name.keys"
	wait_for "$PATIENCE" shows "$name" 'tracing '
}

# shows NAME TEXT: the terminal has it, or the run has ended
shows()
{
	grep -qF -- "$2" "$TMP/$1.tty" 2>/dev/null || is_gone "$PID"
}

# is_queued PORT: a packet has come, and waits in the socket of A that has that
# UDP port
is_queued()
{
	local queued

	read -r _ queued _ <<<"$(on A ss -Hlun "sport = :$1")"
	[ "$queued" -gt 0 ] || is_gone "$PID"
}

tty_of()
{
	tr -d '\n' <"$TMP/$1.tty"
}

# A packet comes when the line is there.
on_terminal one -c 2 icmp 10.0.0.1
wait_for "$PATIENCE" shows one '0 of 2 matched'
like "$(tty_of one)" "$ERASE"'0:[0-9]+, [0-9]+ packets? seen, 0 of 2 matched, waiting \(Ctrl-C ends it\)'$'\r' \
	"the line while waiting"
ping_peer 10.0.0.1
wait_for "$PATIENCE" shows one '1 of 2 matched'
ping_peer 10.0.0.1
end_trace one
is "$STATUS" 0 "exit status"
like "$(tty_of one)" "$ERASE"'packet 1: icmp and src host 10.0.0.1' \
	"it is gone before a path is printed"
like "$(tty_of one)" "$ERASE"'0:[0-9]+, [0-9]+ packets? seen, 1 of 2 matched' "it comes again"
like "$(tty_of one)" $'packet 1: \e\[3[23]m[a-z_, ]*, freed by [a-z_:]*\e\[0m, after ' \
	"colour"
unlike "$(tty_of one | sed 's/.*bpfpath: 2 packets/bpfpath: 2 packets/')" 'waiting' \
	"nothing is left of it at the end"

# A window that is made narrow: the line stays within it, else it would scroll.
on_terminal narrow -c 0 --exec 'stty cols 30 <&2; exec sleep 1000' icmp 10.0.0.1
wait_for "$PATIENCE" shows narrow ' seen, '
printf '\003' >&4
end_trace narrow
like "$(tty_of narrow)" "$ERASE"'0:[0-9]+, [^'$'\r'']{1,26}'$'\r' \
	"in a narrow window the line is cut"
unlike "$(tty_of narrow)" 'waiting' "also when it was wider at the start"

# Ctrl-C, as the terminal sends it to all of them.
on_terminal stop -c 0 icmp 10.0.0.1
ping_peer 10.0.0.1
wait_for "$PATIENCE" shows stop '1 matched'
printf '\003' >&4
end_trace stop
is "$STATUS" 0 "Ctrl-C behind a packet: exit status"
like "$(tty_of stop)" 'packet 1: .*, freed by ' "Ctrl-C: what there is was printed"
like "$(tty_of stop)" 'bpfpath: 1 packet selected: 1 complete, (nothing|no event) lost' \
	"Ctrl-C: the summary"
no_leftovers "Ctrl-C: nothing is left"

# A packet that waits for a program that has been stopped.
serve A sink "$TOOLS/sink" 98
SINK=$PID
kill -STOP "$SINK"
on_terminal under -c 0 udp dst port 98
on B bash -c 'echo x >/dev/udp/10.0.0.2/98'
wait_for "$PATIENCE" is_queued 98
printf '\003' >&4
end_trace under
kill -KILL "$SINK"
is "$STATUS" 0 "Ctrl-C, a packet is under way: exit status"
like "$(tty_of under)" 'packet 1: \S*under way when the run ended' \
	"Ctrl-C: it is printed as far as it came"

on_terminal quiet -q -w 2 icmp 10.0.0.1
end_trace quiet
unlike "$(tty_of quiet)" 'waiting' "-q: no line"

trace none true -- "${FEW[@]}" -N "$NS_A" -d in -w 2 icmp 10.0.0.1
unlike "$(<"$TMP/none.err")" 'waiting' "no terminal: no line"
