# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# refusal.sh: for tests of what bpfpath.sh refuses, after lib.sh and new_lab.

# shellcheck disable=SC2034 # used by the tests
HINT='bpfpath: bpfpath.sh -h shows how to use it'

as=()	# a command that runs bpfpath.sh

# run ARG...: bpfpath.sh; sets STATUS, out, err, and left: what is left behind
run()
{
	STATUS=0
	"${as[@]}" "$BPFPATH" "$@" >"$TMP/out" 2>"$TMP/err" </dev/null &
	wait "$!" || STATUS=$?
	out=$(<"$TMP/out")
	err=$(<"$TMP/err")
	left=$(left_of "$!"
		tc_state "$NS_A")
}

# quote WORD...: as a shell would read them
quote()
{
	local words

	printf -v words '%q ' "$@"
	echo "${words% }"
}

# refuses STATUS MESSAGE ARG...: says so, prints nothing and leaves nothing
refuses()
{
	run "${@:3}"
	is "$STATUS|$err|$out|$left" "$1|bpfpath: $2||" "$(quote "${@:3}")"
}

refuses_usage()
{
	refuses 2 "$1"$'\n'"$HINT" "${@:2}"
}

# gives_up FILTER ARGUMENT...: traces, and no packet comes
gives_up()
{
	run "${@:2}"
	is "$STATUS|$err|$out|$left" "3|tracing $1 …
bpfpath: no packet matched: $1||" "$(quote "${@:2}")"
}
