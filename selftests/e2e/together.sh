# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# together.sh: traces that run beside one another and see the same packets, each
# attached or read in another way; sourced by test files after lib.sh.

OPTIONS=()	# of each trace, and
FILTER=()	# what each selects
SAVED=out	# the records of the trace NAME are in $TMP/NAME.$SAVED
declare -A TRACES=()	# processes, by the name of the trace

# begin NAME OPTION...: a trace
begin()
{
	start_trace "$1" "${OPTIONS[@]}" "${@:2}" "${FILTER[@]}" || exit 1
	TRACES[$1]=$PID
}

# all_have COUNT: each trace has so many families
all_have()
{
	local name

	for name in "${!TRACES[@]}"; do
		[ "$(grep -c '^select' "$TMP/$name.$SAVED")" -ge "$1" ] || return
	done
}

# goes NUMBER COMMAND...: what the command sends is that packet, in each trace
goes()
{
	"${@:2}" || true
	wait_for "$PATIENCE" all_have "$1" || diag "not seen by all: ${*:2}"
}

# interrupt NAME: ends that trace
interrupt()
{
	kill -INT "${TRACES[$1]}"
	finish "$1"
}

# finish NAME: its end; what it has seen is in $TMP/NAME.json, too
finish()
{
	PID=${TRACES[$1]}
	end_trace "$1"
	is "$STATUS" 0 "$1: exit status"
	"$BPFPATH" -q -o json show "$TMP/$1.$SAVED" >"$TMP/$1.json"
}

# funcs NAME NUMBER: the functions of that packet's path
funcs()
{
	jq -r "select(.packet == $2) | .events[].func" "$TMP/$1.json"
}
