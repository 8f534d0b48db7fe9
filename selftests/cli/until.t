#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: pathreport --until-differs: output, exit statuses and messages
. "${BASH_SOURCE%/*}/../lib.sh"
plan 35

cd "$TOP" || exit 1
PATHREPORT=${BUILD:-build}/pathreport
GOLDEN=selftests/golden
HEADER=$(head -n 1 "$GOLDEN/drop.in")
USAGE='usage: pathreport --until-differs [-o text|json] [-W FILE] [-q] [-v] [FILE]'

# run ARG...: sets STATUS, out and err
run()
{
	STATUS=0
	"$PATHREPORT" --until-differs "$@" >"$TMP/out" 2>"$TMP/err" || STATUS=$?
	out=$(<"$TMP/out")
	err=$(<"$TMP/err")
}

# refuses STATUS MESSAGE ARG...: says so, and prints nothing
refuses()
{
	run "${@:3}" </dev/null
	is "$STATUS|$err|$out" "$1|bpfpath: $2|" "--until-differs ${*:3}"
}

usage_errors()
{
	refuses 2 "unknown option '-x'"$'\n'"$USAGE" -x
	refuses 2 "option '-o' needs an argument"$'\n'"$USAGE" -o
	refuses 2 "option '-W' needs an argument"$'\n'"$USAGE" -W
	refuses 2 "one FILE at most, but there is also 'b'"$'\n'"$USAGE" a b
	refuses 2 "no output form 'dot' of a difference: it is one of text, \
json" -o dot
}

trouble()
{
	printf '%s\n' "$HEADER" >"$TMP/none"
	printf '%s\nselect\t1' "$HEADER" >"$TMP/cut"
	refuses 2 "$TMP/no: No such file or directory" "$TMP/no"
	refuses 2 "$TMP/cut:2: the last line has no newline" "$TMP/cut"
	refuses 3 "$TMP/none: holds no packet" "$TMP/none"
	run "$GOLDEN/lost-birth.in"
	is "$STATUS $out" '2 ' 'no path is complete: exit status'
	like "$err" '^bpfpath: no packet whose path is complete: nothing to compare' \
		'no path is complete: message'
	STATUS=0
	"$PATHREPORT" --until-differs "$GOLDEN/ways-good.in" >/dev/full \
		2>"$TMP/err" || STATUS=$?
	is "$STATUS" 2 'a full device: exit status'
}

different()
{
	run "$GOLDEN/ways-good.in"
	is "$STATUS" 1 'another way: exit status'
	is "$out" "$(<"$GOLDEN/ways.until")" 'another way: output'
	is "$err" '' 'another way: no message'
	run -o json - <"$GOLDEN/ways-good.in"
	is "$STATUS $out" "1 $(<"$GOLDEN/ways.until.json")" 'another way: JSON'
	run -q "$GOLDEN/ways-bad.in"
	is "$STATUS ${out%%;*}" '1 another way: last common function '\
'ip_forward, then ip_output | nf_hook_slow' 'another way: -q'
}

# packets FIELD VALUE [LINES]: the good demo's packet 1, and as packet 2 one that
# has VALUE in a field of its records
packets()
{
	awk -F '\t' -v OFS='\t' -v field="$1" -v value="$2" '
		/^#/ { print; next }
		{ print; rest[++count] = $0 }
		END {
			for (i = 1; i <= count; i++) {
				$0 = rest[i]
				$2 = 2
				if (field)
					$field = value
				print
			}
		}' "$GOLDEN/demo-good.in" >"$TMP/two"
}

same()
{
	packets 0 0
	run "$TMP/two"
	is "$STATUS ${out%%$'\n'*}" '0 ingress, 2 packets: the same way, 9 steps' \
		'the same way twice'
	like "$err" '^bpfpath: 2 packets recorded: 2 without known gaps' \
		'the same way twice: the summary'
	packets 6 0x77
	run -q "$TMP/two"
	is "$STATUS $err" "0 " 'another sk_buff: -q'
	packets 8 eth7
	run -q "$TMP/two"
	is "$STATUS" 1 'another interface'
}

# left_out: what does not tell that a way is another one
left_out()
{
	packets 0 0
	grep -v $'^end\t2' "$TMP/two" >"$TMP/other"
	run "$TMP/other"
	is "$STATUS ${out%%$'\n'*}" '0 ingress, 1 packet: the same way, 9 steps' \
		'a packet without end'
	sed -E 's/^(end\t2\t.*)\tconsumed\t/\1\ttimeout\t/' "$TMP/two" >"$TMP/other"
	run "$TMP/other"
	is "$STATUS ${out%%$'\n'*}" '0 ingress, 1 packet: the same way, 9 steps' \
		'a packet that was under way when the run ended'
	grep -v $'^step\t2\t3\t' "$TMP/two" >"$TMP/other"
	run "$TMP/other"
	is "$STATUS ${out%%$'\n'*}" '0 ingress, 1 packet: the same way, 9 steps' \
		'a packet with a gap'
}

# directions: packets that come back are compared among themselves
directions()
{
	run -q "$GOLDEN/both-ways.in"
	is "$STATUS" 0 'both directions: exit status'
	is "$out" 'ingress, 2 packets: the same way, 2 steps
ingress, back, 2 packets: the same way, 3 steps' 'both directions: output'
	run -q -o json "$GOLDEN/both-ways.in"
	is "$(grep -c '^{"same":true,' <<<"$out")" 2 'both directions: JSON'
}

# copies: what is saved has whole lines, though the rest is not read
copies()
{
	local pid

	mkfifo "$TMP/live"
	"$PATHREPORT" --until-differs -q -W "$TMP/copy" <"$TMP/live" \
		>"$TMP/out" 2>"$TMP/err" &
	pid=$!
	exec 3>"$TMP/live"
	(
		trap '' PIPE	# the reader may be gone already
		{ cat "$GOLDEN/ways-good.in" && printf 'select\t9'; } >&3
		wait_for "$PATIENCE" test -s "$TMP/out"
		printf '\trest of the line\nselect\t10\n' >&3
	) 2>>"$TMP/err" || true
	STATUS=0
	wait "$pid" || STATUS=$?
	exec 3>&-
	is "$STATUS" 1 'the records go on: exit status'
	is "$(tail -c 1 "$TMP/copy" | od -An -c | tr -d ' ')" '\n' \
		'the records go on: the copy ends with a line'
}

# drive ARG...: bpfpath.sh; sets STATUS, out and err
drive()
{
	STATUS=0
	"$BPFPATH" "$@" >"$TMP/out" 2>"$TMP/err" </dev/null || STATUS=$?
	out=$(<"$TMP/out")
	err=$(<"$TMP/err")
}

driver()
{
	drive --until-differs show "$GOLDEN/ways-good.in"
	is "$STATUS" 1 'bpfpath.sh --until-differs show: exit status'
	is "$out" "$(<"$GOLDEN/ways.until")" 'bpfpath.sh --until-differs show'
	drive --until-differs show "$TMP/no"
	is "$STATUS $err" "2 bpfpath: $TMP/no: No such file or directory" \
		'bpfpath.sh --until-differs show: no such file'
	drive --until-differs -o hops show "$GOLDEN/ways-good.in"
	is "$STATUS ${err%%$'\n'*}" "2 bpfpath: -o 'hops': must be one of: text \
json" 'bpfpath.sh --until-differs -o hops'
	drive --until-differs -C flow show "$GOLDEN/ways-good.in"
	is "$STATUS ${err%%$'\n'*}" "2 bpfpath: --columns: a difference has none" \
		'bpfpath.sh --until-differs -C'
	drive --until-differs=3 icmp 10.0.0.1
	is "$STATUS ${err%%$'\n'*}" '2 bpfpath: --until-differs: takes no value' \
		'bpfpath.sh --until-differs=3'
	drive --until-differs demo
	is "$STATUS ${err%%$'\n'*}" '2 bpfpath: demo: not with --until-differs' \
		'bpfpath.sh --until-differs demo'
}

usage_errors
trouble
different
same
left_out
directions
copies
driver
