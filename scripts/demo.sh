#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# demo.sh: the same ping twice, first on a sound network, then with a wrong MAC
# address in a neighbour table; what differs is the path of the echo reply.
#
#	demo.sh TRACER FORM [OPTION...]	the options are for both traces
#
# "bpfpath.sh demo" calls it and gives its own path as TRACER. The paths go to stdout, in
# the forms text and hops, which are for a person, also what is different between them;
# the story around them goes to stderr. Exit status: 0 when both paths were printed,
# otherwise that of the trace that failed.

set -eo pipefail

unset CDPATH	# with it, cd prints
SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
TRACER=$1
LAB=demo$$
NODE_A=bpfpath-$LAB-A
PEER=10.0.0.1
WAIT=10		# seconds that a trace waits for its packet

dir=
tracer_pid=

lab()
{
	"$SCRIPTS/lab.sh" -n "$LAB" "$@"
}

tell()
{
	printf '\n' >&2
	printf '# %s\n' "$@" >&2
}

clean_up()
{
	trap '' INT TERM
	if [ "$tracer_pid" ]; then
		kill "$tracer_pid" 2>/dev/null || true
		wait "$tracer_pid" || true
	fi
	[ ! -e "/run/netns/$NODE_A" ] || lab down
	[ -z "$dir" ] || rm -rf "$dir"
}

# ping_once: succeeds also without a reply, which the trace is to show
ping_once()
{
	lab exec A ping -c 1 -W 1 "$PEER" >/dev/null 2>&1 || true
}

# follow_talk: passes on what the trace says; pings when everything is attached
follow_talk()
{
	local line

	while read -r line; do
		printf '%s\n' "$line" >&2
		case $line in
		*tracing\ *) ping_once ;;
		esac
	done
}

# trace_ping NAME OPTIONS...: the path of one echo reply on node A. The loop ends
# when the trace has closed its stderr, which is when it ends.
trace_ping()
{
	local status=0

	"$TRACER" -N "$NODE_A" -i any -w "$WAIT" -W "$dir/$1" "${@:2}" \
		icmp "$PEER" 2>"$dir/talk" &
	tracer_pid=$!
	follow_talk <"$dir/talk"
	wait "$tracer_pid" || status=$?
	tracer_pid=
	return "$status"
}

# compare OPTIONS...: prints what is different, unless -W has put the paths elsewhere
compare()
{
	[ -e "$dir/good" ] && [ -e "$dir/bad" ] || return 0
	tell "What is different between the two:"
	(cd "$dir" && "$TRACER" "$@" -o text diff good bad) || [ $? = 1 ]
}

main()
{
	local form=$2

	shift 2
	trap clean_up EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	dir=$(mktemp -d)
	mkfifo "$dir/talk"
	lab up

	tell "Node A (10.0.0.2, on a macvlan interface) pings node B ($PEER)." \
		"All is well: the path of B's echo reply through node A."
	trace_ping good "$@"

	lab break
	tell "Now node B holds a wrong MAC address for A. A's request reaches B," \
		"but B's reply bears the wrong address: its path through node A."
	trace_ping bad "$@"

	case $form in
	text|hops) compare "$@" ;;
	esac
	tell "The first reply was delivered. The second one came to the same" \
		"interface and was dropped on its way up: see where each path ends."
}

main "$@"
