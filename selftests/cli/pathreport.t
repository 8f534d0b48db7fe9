#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: pathreport's options, output, exit statuses and messages
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/pathreport.sh"
plan 158

NAMES='text hops tree json dot pcapng records stats stats-json prometheus folded'
USAGE="usage: pathreport [-o ${NAMES// /|}] [-C COLUMNS] [--data DIR] [-W FILE] [-q] [-v] [FILE]
       pathreport --diff [-o text|json] [--data DIR] [-q] [-v] GOOD BAD
       pathreport --until-differs [-N PACKETS | -B GOOD] [-o text|json] [--data DIR] [-W FILE] [-q] [-v] [FILE]"

# run_into FILE ARG...: the same, but stdout is that file; sets STATUS and err
run_into()
{
	STATUS=0
	"$PATHREPORT" "${@:2}" >"$1" 2>"$TMP/err" || STATUS=$?
	err=$(<"$TMP/err")
}

# refuses_usage MESSAGE ARG...: with the usage line behind the message
refuses_usage()
{
	refuses 2 "$1"$'\n'"$USAGE" "${@:2}"
}

usage_errors()
{
	refuses_usage "unknown option '-x'" -x
	refuses_usage "unknown option '-x'" -qx
	refuses_usage "unknown option '--help'" --help
	refuses_usage "option '-o' needs an argument" -o
	refuses_usage "option '-C' needs an argument" -C
	refuses_usage "option '--data' needs an argument" --data
	refuses_usage "option '-W' needs an argument" -W
	refuses_usage "one FILE at most, but there is also 'b'" a b
	refuses 2 "no output form 'xml': it is one of ${NAMES// /, }" \
		-o xml
	refuses 2 "no output form '': it is one of ${NAMES// /, }" \
		-o ''
}

bad_files()
{
	printf '%s\n' "$HEADER" >"$TMP/none"
	printf '%s\nselect\t1' "$HEADER" >"$TMP/cut"
	refuses 1 "$TMP/no: No such file or directory" "$TMP/no"
	refuses 1 "$TMP:1: Is a directory" "$TMP"
	refuses 1 "/dev/null:1: empty: no header line" /dev/null
	refuses 1 "stdin:1: empty: no header line"
	refuses 1 "$GOLDEN/drop.text:1: not a header line of records: \
'packet 1: icmp and src host 10.0.0.1'" "$GOLDEN/drop.text"
	refuses 1 "$TMP/cut:2: the last line has no newline" "$TMP/cut"
	refuses 3 "$TMP/none: holds no packet" "$TMP/none"
	run <"$TMP/none"
	is "$STATUS" 3 'no packet on stdin: exit status'
	is "$err" '' 'no packet on stdin: the driver says why'
}

bad_line()
{
	{
		cat "$GOLDEN/drop.in"
		printf 'select\t2\t-\tnow%s\n' "$(printf '\t-%.0s' {1..11})"
	} >"$TMP/bad"
	run -q "$TMP/bad"
	is "$STATUS" 1 'a bad line: exit status'
	is "$err" "bpfpath: $TMP/bad:12: field 'ns': 'now' is not a number" \
		'a bad line: message'
	like "$out" '^packet 1: dropped in ip_rcv_core' \
		'a bad line: the packet before it is printed'
}

output_forms()
{
	local form

	for form in "${FORMS[@]}"; do
		run -o "$form" "$GOLDEN/echo-reply.in"
		is "$STATUS" 0 "-o $form: exit status"
		is "$out" "$(<"$GOLDEN/echo-reply.$form")" "-o $form: output"
		is "$err" "bpfpath: 1 packet recorded: 1 complete; $NO_COUNTS" \
			"-o $form: summary"
	done
	run "$GOLDEN/echo-reply.in"
	is "$out" "$(<"$GOLDEN/echo-reply.text")" 'text is the default'
	run - <"$GOLDEN/echo-reply.in"
	is "$out" "$(<"$GOLDEN/echo-reply.text")" '- stands for stdin'
	run -q "$GOLDEN/gaps.in"
	is "$out" "$(<"$GOLDEN/gaps.quiet")" '-q'
	run -v "$GOLDEN/forwarded.in"
	is "$out" "$(<"$GOLDEN/forwarded.verbose")" '-v'
}

missed_probes()
{
	local form

	for form in "${FORMS[@]}"; do
		run -o "$form" "$GOLDEN/missed.in"
		is "$STATUS" 0 "missed probes: -o $form: exit status"
		is "$out" "$(<"$GOLDEN/missed.$form")" \
			"missed probes: -o $form: output"
	done
	run -q "$GOLDEN/missed.in"
	is "$out" "$(<"$GOLDEN/missed.quiet")" 'missed probes: -q'
	run -v "$GOLDEN/missed.in"
	is "$out" "$(<"$GOLDEN/missed.verbose")" 'missed probes: -v'
}

# waits: where packets were in a queue, from data/
waits()
{
	local form

	for form in text json stats stats-json prometheus folded; do
		run --data data -o "$form" "$GOLDEN/waits.in"
		is "$out" "$(<"$GOLDEN/waits.$form")" "waits: $form"
	done
}

# explanations: why packets were dropped, from data/ or from elsewhere
explanations()
{
	run --data data "$GOLDEN/why.in"
	is "$STATUS" 0 'explanations: exit status'
	is "$out" "$(<"$GOLDEN/why.text")" 'explanations: text'
	run --data data -o json "$GOLDEN/why.in"
	is "$out" "$(<"$GOLDEN/why.json")" 'explanations: json'
	mkdir "$TMP/data"
	cp data/{caches,layers,directions,results,deliveries,readers,ends,waits}.list \
		"$TMP/data"
	printf 'ip_rcv_core OTHERHOST\n\tnot for us\nip_* -\n\tone\n\ttwo\nx\n' \
		>"$TMP/data/verdicts.list"
	run --data "$TMP/data" "$GOLDEN/drop.in"
	is "$STATUS" 0 'explanations: a table that is wrong: exit status'
	is "${err%$'\n'*}" "bpfpath: $TMP/data/verdicts.list:6: too few words
bpfpath: $TMP/data/consumed.list: No such file or directory
bpfpath: $TMP/data/hooks.list: No such file or directory" \
		'explanations: a table that is wrong, and none: messages'
	is "${out##*$'\n'}" \
		'  dropped in ip_rcv_core: not for us (OTHERHOST)' \
		'explanations: what stands above the wrong line is used'
	run "$GOLDEN/drop.in"
	is "$out" "$(<"$GOLDEN/drop.text")" 'no explanations without -D'
}

# draw NAME: dot makes a picture of it, without a warning
draw()
{
	type -P dot >/dev/null || {
		skip "pictures: dot takes $1" 'no dot here'
		return
	}
	"$PATHREPORT" --data data -o dot "$GOLDEN/$1.in" 2>/dev/null |
		dot -Tsvg >"$TMP/svg" 2>"$TMP/err"
	is "$(grep -c '</svg>' "$TMP/svg") $(<"$TMP/err")" '1 ' \
		"pictures: dot takes $1"
}

# pictures: what is printed is a graph that dot can draw, none for no packet
pictures()
{
	run --data data -o dot "$GOLDEN/long.in"
	is "$out" "$(<"$GOLDEN/long.dot")" 'pictures: a long path'
	run -o dot <"$TMP/none"
	is "$STATUS" 3 'pictures: no packet: exit status'
	is "$out" '' 'pictures: no packet: nothing is printed'
	for name in why families; do
		draw "$name"
	done
}

# relatives: a family whose records are not all there
relatives()
{
	local form

	for form in "${FORMS[@]}"; do
		run -o "$form" "$GOLDEN/lost-birth.in"
		is "$STATUS" 0 "relatives: -o $form: exit status"
		is "$out" "$(<"$GOLDEN/lost-birth.$form")" \
			"relatives: -o $form: output"
	done
	run -q "$GOLDEN/lost-birth.in"
	is "$out" "$(<"$GOLDEN/lost-birth.quiet")" 'relatives: -q'
	run -q "$GOLDEN/busy.in"
	is "$out" "$(<"$GOLDEN/busy.quiet")" 'lost events: -q'
	run -v "$GOLDEN/flood.in"
	is "$out" "$(<"$GOLDEN/flood.verbose")" 'relatives: -v'
}

# escapes: names with control characters, which a terminal would obey
escapes()
{
	local form bad=

	awk -v OFS='\t' "$AWK_COLUMNS"'
		/^# filter/ { print $0 "\033[31m" }
		/^#/ { print; next }
		{
			$at["func"] = $at["func"] "\033[32m"
			$at["ifname"] = "e\302\233m"
		}
		$1 == "end" {
			$at["reason"] = "R\033[1m"
			$at["location"] = "f\033[1m+0x1"
		}
		"comm" in at { $at["comm"] = "p\033]0;x\007" }
		{ print }' "$GOLDEN/drop.in" >"$TMP/forged"
	for form in text hops tree json dot stats stats-json prometheus folded; do
		"$PATHREPORT" -o "$form" "$TMP/forged" >"$TMP/out" 2>"$TMP/err" ||
			bad+=" $form fails"
		! LC_ALL=C grep -q $'\033\|\007\|\302\233' "$TMP/out" "$TMP/err" ||
			bad+=" $form"
	done
	is "$bad" '' 'no form but records has what a terminal obeys'
}

copies()
{
	local form

	for form in "${FORMS[@]}"; do
		run -o "$form" -W "$TMP/copy" "$GOLDEN/interleaved.in"
		is "$STATUS" 0 "-o $form -W: exit status"
		ok "-o $form -W: what was read" \
			cmp "$TMP/copy" "$GOLDEN/interleaved.in"
	done
	run -q -W /dev/full "$GOLDEN/drop.in"
	is "$STATUS" 1 '-W to a full device: exit status'
	is "$err" 'bpfpath: /dev/full: No space left on device' \
		'-W to a full device: message'
	like "$out" '^packet 1:' '-W to a full device: the path is printed'
	refuses 1 "$TMP/no/copy: No such file or directory" \
		-W "$TMP/no/copy" "$GOLDEN/drop.in"
	refuses 1 "$TMP/copy: is the file that is read" \
		-W "$TMP/copy" "$TMP/copy"
	ok '-W to the file that is read: it stays' \
		cmp "$TMP/copy" "$GOLDEN/interleaved.in"
}

write_errors()
{
	local form

	for form in "${FORMS[@]}"; do
		run_into /dev/full -o "$form" "$GOLDEN/drop.in"
		is "$STATUS" 1 "-o $form to a full device: exit status"
		is "$err" 'bpfpath: stdout: No space left on device' \
			"-o $form to a full device: message"
	done
	STATUS=0
	"$PATHREPORT" "$GOLDEN/drop.in" >&- 2>"$TMP/err" || STATUS=$?
	is "$STATUS" 1 'stdout closed: exit status'
	is "$(<"$TMP/err")" 'bpfpath: stdout: Bad file descriptor' \
		'stdout closed: message'
	STATUS=0
	"$PATHREPORT" "$TMP/no" 2>&- >"$TMP/out" || STATUS=$?
	is "$STATUS" 1 'stderr closed: exit status'
	is "$(<"$TMP/out")" '' 'stderr closed: the message is not on stdout'
}

# into_nobody: pathreport, whose reader is gone, on an input that stays open
into_nobody()
{
	{
		timeout 20 "$PATHREPORT" <"$TMP/live" 2>"$TMP/err"
		echo "$?" >"$TMP/status"
	} | true
}

# one_line: the first that comes out while the input stays open
one_line()
{
	timeout 20 "$PATHREPORT" <"$TMP/live" | head -n 1
}

# one_family: the same with -q
one_family()
{
	timeout 20 "$PATHREPORT" -q <"$TMP/live" | head -n 1
}

live()
{
	mkfifo "$TMP/live"
	exec 3<>"$TMP/live"	# so that its end does not come
	cat "$GOLDEN/drop.in" >&3
	SECONDS=0
	is "$(one_line)" 'packet 1: icmp and src host 10.0.0.1' \
		'a packet is printed when its end comes'
	ok 'a reader that ends ends it, while the input is open' [ "$SECONDS" -lt 15 ]
	cat "$GOLDEN/clone.in" >&3
	like "$(one_family)" '^packet 1: .*, with 1 relative, complete$' \
		'a family is printed when its last end comes'
	into_nobody
	is "$(<"$TMP/status")" 1 'nobody reads: exit status'
	is "$(<"$TMP/err")" '' 'nobody reads: no message'
	exec 3>&-
}

usage_errors
bad_files
bad_line
output_forms
missed_probes
explanations
waits
pictures
relatives
escapes
copies
write_errors
live
