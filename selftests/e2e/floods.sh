# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # some variables are for test files
#
# floods.sh: many packets (flood.c), what is in the maps of a run (pins.c) and
# what its records add up to (account.awk); sourced by test files after lib.sh.

E2E=$TOP/selftests/e2e
MATCHED='udp src port 7000'	# the marked packets of flood.c

declare -A SUM=()	# what account.awk says, by name
declare -A MAPS=()	# what pins.c says, by name

# flood FIRST COUNT SENDERS SPARE TARGET...: from A, see flood.c
flood()
{
	on A "$TOOLS/flood" "${@:1:4}" 10.0.0.2 "${@:5}"
}

# open_sink PORT: on B; sets SINK
open_sink()
{
	serve B "sink-$1" "$TOOLS/sink" "$1"
	SINK=$PID
}

# end_quietly PID
end_quietly()
{
	kill "$1"
	wait_end "$1" 2>/dev/null || true
}

# process_of PID WORDS: the descendant whose command line begins so, without the
# program's directory
process_of()
{
	local pid words

	for pid in $(descendants "$1"); do
		mapfile -d '' words <"/proc/$pid/cmdline" || continue
		[[ "${words[*]}" != */"$2 "* ]] || echo "$pid"
	done 2>/dev/null
}

# look RUN: sets MAPS; RUN is the pid of bpfpath.sh
look()
{
	local i words

	read -ra words < <("$TOOLS/pins" "$PINS/$(run_of "$1")") || return
	for ((i = 0; i < ${#words[@]}; i += 2)); do
		MAPS[${words[i]}]=${words[i + 1]}
	done
}

# has_met RUN COUNT: so many packets have matched
has_met()
{
	look "$1" && [ $((MAPS[selected] + MAPS[untracked])) = "$2" ]
}

# is_empty RUN: no packet is in its maps
is_empty()
{
	look "$1" && [ "${MAPS[tracked]}${MAPS[skb_map]}${MAPS[family_map]}" \
		= 000 ]
}

# has_settled RUN COUNT: so many have matched, and none is left
has_settled()
{
	has_met "$@" && is_empty "$1"
}

# add_up FILE [OPTION...]: what account.awk, with these options, says of its records
add_up()
{
	awk "${@:2}" "$AWK_COLUMNS$(<"$E2E/account.awk")" "$1"
}

# take_sums NAME: sets SUM from what add_up says, on stdin
take_sums()
{
	local name number

	SUM=()
	while read -r name number; do
		SUM[$name]=$number
	done
	diag "$1: $(declare -p SUM)"
}

# account FILE [OPTION...]: sets SUM from its records
account()
{
	take_sums "${1##*/}" < <(add_up "$@")
}

# sums NAME...: these of SUM, in a line
sums()
{
	local name line=

	for name; do
		line+=" ${SUM[$name]}"
	done
	echo "${line# }"
}
