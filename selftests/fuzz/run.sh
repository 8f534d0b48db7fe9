#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# run.sh TARGET...: runs fuzz targets, which "make fuzz-build" has made, FUZZ_S
# seconds each (default 10), FUZZ_JOBS at a time (default 1): first what made one
# fail before (regress/TARGET), then other inputs, beginning with those of
# corpus/TARGET, the files below and what earlier runs have found
# (build/fuzz/corpus). Says where the input lies that makes a target fail.
# Exit status: 0 none failed, 2 wrong usage, else 1.

set -eo pipefail

TOP=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
SELF=$TOP/selftests/fuzz/run.sh
OURS=selftests/fuzz
FUZZ=build/fuzz
LIMITS=(-timeout=10 -rss_limit_mb=1024)		# seconds, MiB: for one input
LONGEST=4096		# bytes of an input that is made
TRACE_LINES=20		# shown of what a target says when it fails

usage()
{
	echo "usage: [FUZZ_S=SECONDS] [FUZZ_JOBS=N] run.sh TARGET..." >&2
	exit 2
}

# seeds TARGET: files of the project that it can begin with
seeds()
{
	case $1 in
	records | until) printf '%s\n' selftests/golden/*.in ;;
	table)	printf '%s\n' data/*.list ;;
	funcs | list) printf '%s\n' selftests/e2e/few.list bpf/*.list \
			aside_funcs.list ;;
	esac
}

# inputs TARGET: the directory from which it goes on, with all that it begins with
inputs()
{
	local dir=$FUZZ/corpus/$1

	mkdir -p "$dir"
	find "$OURS/corpus/$1" "$OURS/regress/$1" -type f \
		-exec cp -t "$dir" {} + 2>/dev/null || true
	seeds "$1" | xargs -r cp -t "$dir"
	echo "$dir"
}

# failed TARGET LOG: says with what, and what to do
failed()
{
	local input

	input=$(sed -n 's/.*Test unit written to //p' "$2" | sed -n 1p)
	[ "$input" ] || input=$(sed -n 's/^Running: //p' "$2" | tail -n 1)
	grep -m 1 -A "$TRACE_LINES" -e 'ERROR: ' -e 'runtime error: ' "$2" ||
		tail -n "$TRACE_LINES" "$2"
	echo "$1: FAILED, all that it said: $2"
	[ -z "$input" ] || echo "$1: again: $FUZZ/$1 $input"
	[[ $input != "$FUZZ"/* ]] || echo "$1: when that is mended, keep the" \
		"input in $OURS/regress/$1"
	return 1
}

# replay TARGET LOG: what made it fail before
replay()
{
	local old

	mapfile -t old < <(find "$OURS/regress/$1" -type f 2>/dev/null | sort)
	[ ${#old[@]} -eq 0 ] ||
		"$FUZZ/$1" "${LIMITS[@]}" "${old[@]}" >"$2" 2>&1
}

# fuzz TARGET LOG
fuzz()
{
	"$FUZZ/$1" "${LIMITS[@]}" -max_total_time="$seconds" \
		-max_len=$LONGEST -artifact_prefix="$FUZZ/found/$1-" \
		-print_final_stats=1 -close_fd_mask=2 \
		"$(inputs "$1")" >"$2" 2>&1
}

# run TARGET: its results; what it says goes to a log
run()
{
	local log=$FUZZ/logs/$1

	[ -x "$FUZZ/$1" ] || {
		echo "$1: no such target; make fuzz-build makes them" >&2
		return 2
	}
	mkdir -p "$FUZZ/logs" "$FUZZ/found"
	replay "$1" "$log" || failed "$1" "$log" || return
	fuzz "$1" "$log" || failed "$1" "$log" || return
	awk -v "name=$1" -v "s=$seconds" '/^stat::number_of_executed_units/ {
		print name ": ok, " $2 " inputs in " s " s" }' "$log"
}

seconds=${FUZZ_S:-10}
[[ $# -gt 0 && $seconds =~ ^[1-9][0-9]*$ &&
	${FUZZ_JOBS:-1} =~ ^[1-9][0-9]*$ ]] || usage
cd "$TOP"
if [ $# -eq 1 ]; then
	run "$1"
else
	printf '%s\n' "$@" | xargs -P "${FUZZ_JOBS:-1}" -n 1 "$SELF" || exit 1
fi
