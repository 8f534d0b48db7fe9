#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: pathreport --until-differs: output, exit statuses and messages
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/pathreport.sh"
plan 85

OPTIONS=(--until-differs)
USAGE='usage: pathreport --until-differs [-N PACKETS | -B GOOD] '\
'[-o text|json] [--data DIR] [-W FILE] [-q] [-v] [FILE]'

NOT_TWO='bpfpath: ingress: good routes are learnt from 1 packet, and 1 came: '\
'none was compared'

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
	"$PATHREPORT" --until-differs "$GOLDEN/routes-good.in" >/dev/full \
		2>"$TMP/err" || STATUS=$?
	is "$STATUS" 2 'a full device: exit status'
}

different()
{
	run --data data "$GOLDEN/routes-good.in"
	is "$STATUS" 1 'another route: exit status'
	is "$out" "$(<"$GOLDEN/routes.until")" 'another route: output'
	is "$err" '' 'another route: no message'
	run --data data -o json - <"$GOLDEN/routes-good.in"
	is "$STATUS $out" "1 $(<"$GOLDEN/routes.until.json")" 'another route: JSON'
	run -q "$GOLDEN/routes-bad.in"
	is "$STATUS ${out%%;*}" '1 another route: last common function '\
'ip_forward, then ip_output | nf_hook_slow' 'another route: -q'
}

# only N FILE [M]: its packet N, as packet M
only()
{
	awk -v OFS='\t' -v packet="$1" -v as="${3:-$1}" "$AWK_COLUMNS"'
		/^#/ { print; next }
		$at["packet"] == packet { $at["packet"] = as; print }' "$2"
}

# behind: the same, without the notes of the file
behind()
{
	only "$@" | grep -v '^#'
}

# learnt: good routes are those of the first packets, but for losses
learnt()
{
	{
		only 1 "$GOLDEN/routes-good.in"
		behind 4 "$GOLDEN/routes-good.in" 2
		behind 2 "$GOLDEN/routes-good.in" 3
		behind 3 "$GOLDEN/routes-good.in" 4
	} >"$TMP/routes"
	{
		only 1 "$GOLDEN/demo-good.in"
		behind 1 "$GOLDEN/demo-bad.in" 2
	} >"$TMP/lost"
	run -q -N 2 "$TMP/routes"
	is "$STATUS $out" '0 ingress, 4 packets: each took one of 2 good routes' \
		'another route among the first'
	run -q -N 1 "$TMP/routes"
	is "$STATUS" 1 'another route behind the first'
	run -q "$TMP/lost"
	is "$STATUS ${out##*| }" '1 dropped in ip_rcv_core+0x22b' \
		'a packet that is lost among the first'
	run -q -N 4 "$GOLDEN/routes-good.in"
	is "$STATUS $out" '2 ' 'too few packets: exit status, no output'
	is "$err" "bpfpath: ingress: good routes are learnt from 4 packets, and 4 \
came: none was compared" 'too few packets: message'
	refuses 2 "-N '0': must be a number from 1 on" -N 0
}

# caches: data/caches.list says what makes no other route
caches()
{
	local cold='bpfpath: packet 2 differs only by a cold neighbour cache'

	run --data data -N 1 "$GOLDEN/neighbour.in"
	is "$STATUS $out" '0 output, 4 packets: each took one of 2 good routes' \
		'a cold neighbour cache'
	is "${err%%$'\n'*}" "$cold" 'a cold neighbour cache: what is said'
	run -N 1 -q "$GOLDEN/neighbour.in"
	is "$STATUS" 1 'a cold neighbour cache, without the table'
	sed -E '/\t4\t/s/\tveth-b\t/\teth7\t/' "$GOLDEN/neighbour.in" >"$TMP/other"
	run --data data -N 1 -q "$TMP/other"
	is "$STATUS ${out%%$'\n'*}" '1 another route: the same functions, another interface' \
		'a cold neighbour cache, then another interface'
	sed -E '/^end\t2\t/s/\tconsumed\t/\tdropped\t/' "$GOLDEN/neighbour.in" \
		>"$TMP/other"
	run --data data -N 1 -q "$TMP/other"
	is "$STATUS" 1 'a cold neighbour cache, then another end'
}

# baseline: good routes are those of a file
baseline()
{
	only 2 "$GOLDEN/neighbour.in" >"$TMP/good"
	run --data data -B "$TMP/good" "$GOLDEN/neighbour.in"
	is "$STATUS ${out%%$'\n'*}" '0 output, 4 packets: the same route, 21 steps' \
		'a baseline: the same route'
	like "$err" '^bpfpath: packet 1 differs only by a cold neighbour cache' \
		'a baseline: the cold one of the run'
	run --data data -B "$TMP/good" "$GOLDEN/drop.in"
	is "$STATUS ${err%%$'\n'*}" "2 bpfpath: ingress: $TMP/good has no such \
packet: 1 not compared" 'a baseline without such a packet'
	run -q -B "$GOLDEN/demo-good.in" "$GOLDEN/demo-bad.in"
	is "$STATUS ${out##*| }" '1 dropped in ip_rcv_core+0x22b' \
		'a baseline: another route'
	refuses 2 "$TMP/no: No such file or directory" -B "$TMP/no" \
		"$GOLDEN/demo-bad.in"
	refuses 2 "$TMP/none: holds no packet" -B "$TMP/none" \
		"$GOLDEN/demo-bad.in"
	refuses 2 "$GOLDEN/lost-birth.in: no packet whose path is complete: no \
baseline" -B "$GOLDEN/lost-birth.in" "$GOLDEN/demo-bad.in"
	refuses 2 "$TMP/lost: packet 2 was lost, or the ones before were: no \
baseline" -B "$TMP/lost" "$GOLDEN/demo-bad.in"
}

# packets [COLUMN VALUE]: the good demo's packet 1, and as packet 2 one that has VALUE
# in that column of its records
packets()
{
	awk -v OFS='\t' -v column="$1" -v value="$2" "$AWK_COLUMNS"'
		/^#/ { print; next }
		{ print; rest[++count] = $0 }
		END {
			for (i = 1; i <= count; i++) {
				$0 = rest[i]
				$at["packet"] = 2
				if (column)
					$at[column] = value
				print
			}
		}' "$GOLDEN/demo-good.in" >"$TMP/two"
}

# another_rule: the same function drops both packets, by two rules
another_rule()
{
	awk -v OFS='\t' "$AWK_COLUMNS"'
		/^#/ { print; next }
		$at["packet"] == 1 { print; rest[++n] = $0 }
		END {
			for (i = 1; i <= n; i++) {
				$0 = rest[i]
				$at["packet"] = 2
				sub("rule 2 handle 4", "rule 5 handle 8")
				print
			}
		}' "$GOLDEN/rule.in" >"$TMP/two"
	run -N 1 -q "$TMP/two"
	is "$STATUS ${out#*; }" "1 dropped by netfilter: table ip t chain user rule \
2 handle 4, hook input, comment \"no \"pings\": ticket 7\" | dropped by netfilter: \
table ip t chain user rule 5 handle 8, hook input, comment \"no \"pings\": ticket 7\"" \
		'another rule: -q'
}

same()
{
	packets
	run -N 1 "$TMP/two"
	is "$STATUS ${out%%$'\n'*}" '0 ingress, 2 packets: the same route, 9 steps' \
		'the same route twice'
	like "$err" '^bpfpath: 2 packets recorded: 2 without known gaps' \
		'the same route twice: the summary'
	packets skb 0x77
	run -N 1 -q "$TMP/two"
	is "$STATUS $err" "0 " 'another sk_buff: -q'
	packets ifname eth7
	run -N 1 -q "$TMP/two"
	is "$STATUS" 1 'another interface'
}

# left_out: what does not tell that a route is another one
left_out()
{
	packets
	grep -v $'^end\t2' "$TMP/two" >"$TMP/other"
	run -N 1 "$TMP/other"
	is "$STATUS ${err%%$'\n'*}" "2 $NOT_TWO" \
		'a packet without end'
	sed -E 's/^(end\t2\t.*)\tconsumed\t/\1\ttimeout\t/' "$TMP/two" >"$TMP/other"
	run -N 1 "$TMP/other"
	is "$STATUS ${err%%$'\n'*}" "2 $NOT_TWO" \
		'a packet that was under way when the run ended'
	grep -v $'^step\t2\t3\t' "$TMP/two" >"$TMP/other"
	run -N 1 "$TMP/other"
	is "$STATUS ${err%%$'\n'*}" "2 $NOT_TWO" \
		'a packet with a gap'
}

# directions: packets that come back are compared among themselves
directions()
{
	run -N 1 -q "$GOLDEN/both-routes.in"
	is "$STATUS" 0 'both directions: exit status'
	is "$out" 'ingress, 2 packets: the same route, 2 steps
ingress, back, 2 packets: the same route, 3 steps' 'both directions: output'
	run -N 1 -q -o json "$GOLDEN/both-routes.in"
	is "$(grep -c '^{"same":true,' <<<"$out")" 2 'both directions: JSON'
}

# has_read: it has ended, or has begun a line and waits for the rest
has_read()
{
	[ -s "$TMP/out" ] || [ "$(tail -n 1 "$TMP/copy")" = $'select\t9' ]
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
		{ cat "$GOLDEN/routes-good.in" && printf 'select\t9'; } >&3
		wait_for "$PATIENCE" has_read
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
	capture "$BPFPATH" "$@" </dev/null
}

driver()
{
	drive --until-differs show "$GOLDEN/routes-good.in"
	is "$STATUS" 1 'bpfpath.sh --until-differs show: exit status'
	is "$out" "$(<"$GOLDEN/routes.until")" 'bpfpath.sh --until-differs show'
	drive --until-differs show "$TMP/no"
	is "$STATUS $err" "2 bpfpath: $TMP/no: No such file or directory" \
		'bpfpath.sh --until-differs show: no such file'
	drive --until-differs -o hops show "$GOLDEN/routes-good.in"
	is "$STATUS ${err%%$'\n'*}" "2 bpfpath: -o 'hops': must be one of: text \
json" 'bpfpath.sh --until-differs -o hops'
	drive --until-differs -C flow show "$GOLDEN/routes-good.in"
	is "$STATUS ${err%%$'\n'*}" "2 bpfpath: --columns: a difference has none" \
		'bpfpath.sh --until-differs -C'
	drive --until-differs=4 show "$GOLDEN/routes-good.in"
	is "$STATUS ${err%%$'\n'*}" "2 bpfpath: ingress: good routes are learnt from 4 \
packets, and 4 came: none was compared" 'bpfpath.sh --until-differs=4'
	drive --until-differs=0 show "$GOLDEN/routes-good.in"
	is "$STATUS ${err%%$'\n'*}" "2 bpfpath: --until-differs '0': must be a \
number of packets, from 1 to 999999999" 'bpfpath.sh --until-differs=0'
	drive --baseline "$GOLDEN/demo-good.in" show "$GOLDEN/demo-bad.in"
	is "$STATUS ${out%%:*}" "1 - $GOLDEN/demo-good.in" 'bpfpath.sh --baseline'
	drive --baseline "$TMP/no" icmp 10.0.0.1
	is "$STATUS ${err%%$'\n'*}" "2 bpfpath: --baseline '$TMP/no': no file that \
can be read" 'bpfpath.sh --baseline: no such file'
	drive --until-differs=2 --baseline "$GOLDEN/demo-good.in" icmp 10.0.0.1
	is "$STATUS ${err%%$'\n'*}" "2 bpfpath: --baseline: good routes are those of \
the file, not of 2 packets" 'bpfpath.sh --until-differs=2 --baseline'
	drive --until-differs demo
	is "$STATUS ${err%%$'\n'*}" '2 bpfpath: demo: not with --until-differs' \
		'bpfpath.sh --until-differs demo'
}

usage_errors
trouble
different
another_rule
same
learnt
caches
baseline
left_out
directions
copies
driver
