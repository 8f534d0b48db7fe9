#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: pathreport: what is said of lost events; records that are late, twice or older
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/pathreport.sh"
plan 56

# sums_up SCRIPT LINE: the summary of a packet with a relative, complete, whose
# records are changed by that script of sed
sums_up()
{
	sed -E "$1" "$GOLDEN/clone.in" >"$TMP/counts"
	run "$TMP/counts"
	is "$err" "bpfpath: $2" "summary: $1"
}

# nothing_lost, and what of this is not known
nothing_lost()
{
	local form

	for form in "${FORMS[@]}"; do
		run -o "$form" "$GOLDEN/clone.in"
		is "$err" 'bpfpath: 1 packet selected: 1 complete, nothing lost' \
			"summary: -o $form"
		run -q -o "$form" "$GOLDEN/clone.in"
		is "$err" '' "summary: -o $form -q: none"
	done
	sums_up 's/^# missed: 0/# missed: -/' "1 packet selected: 1 complete, \
no event lost; probes that did not run are not counted here"
	sums_up 's/^# lost: 0/# lost: -/' "1 packet selected: 1 complete; lost \
events are not counted here"
	sums_up 's/^# (lost|missed): 0/# \1: -/' "1 packet selected: 1 \
complete; lost events and probes that did not run are not counted here"
	sums_up '/^# selected/d' "1 packet recorded: 1 complete; $NO_COUNTS"
	sums_up 's/\t1\t0\t4711$/\t-\t-\t4711/; s/^# lost: 0/# lost: -/' \
		"1 packet selected: 1 without known gaps; lost events are not \
counted here"
	sums_up 's/^(step\t.*)\t0\t/\1\t1\t/' \
		'1 packet selected: 1 with gaps'
	sums_up 's/^# selected: 1/# selected: x1/' \
		"1 packet recorded: 1 complete; $NO_COUNTS"
	run -q "$TMP/none"
	is "$err" "bpfpath: $TMP/none: holds no packet" 'summary: no packet'
}

# much_lost: the numbers add up to what was selected
much_lost()
{
	local form want='bpfpath: 12 packets selected: 2 complete, 9 with gaps, '
	want+='1 of which nothing is recorded; 25 events found no room in the '
	want+='ring buffer (-b makes it larger), 5 matching packets and 2 '
	want+='relatives found the table full (-t makes it larger)'

	for form in "${FORMS[@]}"; do
		run -o "$form" "$GOLDEN/busy.in"
		is "$err" "$want" "summary: much lost: -o $form"
		is "$out" "$(<"$GOLDEN/busy.$form")" "much lost: -o $form"
		run -q -o "$form" "$GOLDEN/busy.in"
		is "$err" "$want" "summary: much lost: -o $form -q"
	done
	run "$GOLDEN/busy.records"
	is "$err" "$want" 'summary: much lost: -o records read again'
	sums_up 's/^# lost: 0/# lost: 1/' "1 packet selected: 1 complete; 1 event \
found no room in the ring buffer (-b makes it larger)"
	sums_up 's/^# read: .*/# read: map/; s/^# lost: 0/# lost: 2/' \
		'1 packet selected: 1 complete; 2 events found no room'
	sums_up 's/^# missed: 0/# missed: 1/' \
		'1 packet selected: 1 complete; 1 probe did not run'
	sums_up 's/^# (missed|orphans): 0/# \1: 2/' "1 packet selected: 1 \
complete; 2 probes did not run, 2 relatives found the table full (-t makes it \
larger)"
	sums_up 's/^# untracked: 0/# untracked: 1/' "1 packet selected: 1 \
complete; 1 matching packet found the table full (-t makes it larger)"
	sums_up 's/^# untracked: 0/# untracked: 3\n# unread: 2/' "1 packet \
selected: 1 complete; 1 matching packet found the table full (-t makes it larger), \
2 matching packets came while nobody read what came before (the run was stopped, or \
what reads it is slow)"
	sums_up 's/^# selected: 1/# selected: 4/' \
		'4 packets selected: 1 complete, 3 of which nothing is recorded'
	sums_up 's/^# selected: 1/# selected: 0/' \
		'0 packets selected, 1 packet recorded: 1 complete, nothing lost'
}

# late_records: a packet that was printed as complete has more records
late_records()
{
	awk '/^# selected/ { print last } /^step/ { last = $0 } { print }' \
		"$GOLDEN/clone.in" >"$TMP/late"
	run "$TMP/late"
	is "$err" 'bpfpath: 1 packet selected: 1 with gaps' \
		'summary: a packet with late records is counted once'
}

# many_families COUNT: their records, each of a packet and one relative
many_families()
{
	head -n 1 "$GOLDEN/clone.in"
	awk -v count="$1" '
	function record(type, seq, func_, how, kin, parent, counts) {
		printf "%s\t%d\t%s\t5\t0\t0x1\t%s\teth0\t2\t9\t84\t0\t%s" \
			"\t-\t-\t-\t%d\t%s\t%s\t-\n", type, packet, seq, func_,
			how, kin, parent, counts
	}
	BEGIN {
		for (packet = 1; packet <= count; packet++) {
			record("select", "-", "ingress", "-", 0, "-", "-\t-")
			record("born", "-", "skb_clone", "-", 1, 0, "-\t-")
			record("step", 0, "ip_rcv", "-", 0, "-", "-\t-")
			record("end", 1, "ip_rcv", "consumed", 0, "-", "1\t0")
			record("end", 0, "-", "consumed", 1, "-", "1\t0")
		}
		printf "# selected: %d\n# lost: 0\n# missed: 0\n", count
	}'
}

# A family takes a kilobyte and more, and is given back when it has ended.
long_run()
{
	many_families 100000 |
		(ulimit -v 16384 && exec "$PATHREPORT" -q) >"$TMP/out" 2>"$TMP/err"
	is "$(wc -l <"$TMP/out")$(<"$TMP/err")" 100000 \
		'100000 families in 16 megabytes, nothing lost'
}

# twice TYPE KIN MESSAGE: the record of that type and kin a second time
twice()
{
	awk -v type="$1" -v kin="$2" "$AWK_COLUMNS"'
		{ print }
		$1 == type && $at["kin"] == kin { print; exit }' "$GOLDEN/clone.in" >"$TMP/twice"
	run -q "$TMP/twice"
	is "$STATUS" 1 "a second $1: exit status"
	is "$err" "bpfpath: $TMP/twice:$(wc -l <"$TMP/twice"): $3" \
		"a second $1: message"
}

second_records()
{
	twice select 0 'packet 1 is selected a second time'
	twice born 1 'packet 1, kin 1 is derived a second time'
	twice end 0 'packet 1 ends a second time'
}

# cut_last N: lines without their last N fields
cut_last()
{
	sed -E "s/(\t[^\t]*){$1}\$//"
}

older_trace()
{
	cut_last 1 <"$GOLDEN/missed.in" >"$TMP/older"
	run -o records "$TMP/older"
	is "$(cut_last 28 <<<"$out")" "$(<"$TMP/older")" \
		'a trace without the columns that came later: the other columns'
	is "$(grep -v '^#' <<<"$out" | cut -f 16-43 | tr -d '\t' | sort -u)" \
		---------------------------- \
		'a trace without the columns that came later: not known'
	is "${out%%$'\n'*}" "$(head -n 1 "$GOLDEN/clone.records")" \
		'a trace without the columns that came later: its header has them again'
	run -o json "$TMP/older"
	is "$(grep -c '"missed":null' <<<"$out")" 6 \
		'a trace without the columns that came later: null'
	is "$(grep -c '"relatives":\[\]' <<<"$out")" 6 \
		'a trace without the columns that came later: no relatives'
	run "$TMP/older"
	is "$(grep -c '^packet .*:' <<<"$out")" 12 \
		'a trace without the columns that came later: two lines a packet'
}

printf '%s\n' "$HEADER" >"$TMP/none"
nothing_lost
much_lost
late_records
long_run
second_records
older_trace
