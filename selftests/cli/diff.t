#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: pathreport --diff: output, exit statuses and messages
# requires: cmd:jq
# kernels: host
# shellcheck disable=SC2016 # awk programs are in single quotes
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/pathreport.sh"
plan 85

OPTIONS=(--diff)
USAGE='usage: pathreport --diff [-o text|json] [--data DIR] [-q] [-v] GOOD BAD'

usage_errors()
{
	refuses 2 "unknown option '-x'"$'\n'"$USAGE" -x
	refuses 2 "option '-o' needs an argument"$'\n'"$USAGE" -o
	refuses 2 "two FILEs are needed, but there is 1"$'\n'"$USAGE" a
	refuses 2 "two FILEs are needed, but there are 3"$'\n'"$USAGE" \
		a b c
	refuses 2 "no output form 'records' of a difference: it is one \
of text, json" -o records
}

trouble()
{
	head -n 1 "$GOLDEN/drop.in" >"$TMP/none"
	printf '%s\nselect\t1' "$(<"$TMP/none")" >"$TMP/cut"
	refuses 2 "$TMP/no: No such file or directory" \
		"$GOLDEN/drop.in" "$TMP/no"
	refuses 2 "$TMP/none: holds no packet" "$TMP/none" \
		"$GOLDEN/drop.in"
	refuses 2 "$TMP/cut:2: the last line has no newline" \
		"$GOLDEN/drop.in" "$TMP/cut"
	STATUS=0
	"$PATHREPORT" --diff "$GOLDEN/"demo-{good,bad}.in >/dev/full \
		2>"$TMP/err" || STATUS=$?
	is "$STATUS" 2 'a full device: exit status'
	is "$(<"$TMP/err")" 'bpfpath: stdout: No space left on device' \
		'a full device: message'
}

# golden NAME SUFFIX OPTION...: NAME-good.in and NAME-bad.in
golden()
{
	run --data data "${@:3}" "$GOLDEN/$1-good.in" "$GOLDEN/$1-bad.in"
	is "$STATUS" 1 "$1.$2: exit status"
	is "$out" "$(<"$GOLDEN/$1.$2")" "$1.$2: output"
	is "$err" '' "$1.$2: no message"
}

goldens()
{
	local name

	for name in demo routes; do
		golden "$name" diff
		golden "$name" diff.json -o json
		golden "$name" diff.verbose -v
	done
}

# cut_demo FILTER: the good demo path as awk's FILTER has it
cut_demo()
{
	awk -v OFS='\t' "$AWK_COLUMNS$1" "$GOLDEN/demo-good.in" >"$TMP/other"
}

# is_verdict STATUS LINE WHAT: of the good demo path and $TMP/other
is_verdict()
{
	run -q "$GOLDEN/demo-good.in" "$TMP/other"
	is "$STATUS $out" "$1 $2" "$3"
}

verdicts()
{
	run -q "$GOLDEN/"demo-{good,bad}.in
	is "$out" 'another route: last common function ip_rcv_core, then '\
'ip_route_input_noref | kfree_skb; consumed by consume_skb | dropped in '\
'ip_rcv_core+0x22b' 'the demo'
	cut_demo '/^#/ { print; next }
		{
			$at["ns"] = "7" $at["ns"]
			$at["skb"] = "0x1"
			$at["ifindex"] = 77
			$at["netns"] = "4026532999"
			print
		}'
	is_verdict 0 'the same route, 9 steps' \
		'other times, addresses, ifindex, inode numbers'
	cut_demo '/^#/ { print; next } { sub("veth-a", "eth1", $at["ifname"]); print }'
	is_verdict 1 'another route: the same functions, another interface' \
		'another interface'
	cut_demo '$at["func"] == "icmp_rcv" { $at["netns"] = "4026532999" } { print }'
	is_verdict 1 'another route: the same functions, another namespace' \
		'another namespace'
	cut_demo '$1 == "end" { $at["how"] = "dropped" } { print }'
	is_verdict 1 'another route: last common function ping_rcv, then '\
'consume_skb | consume_skb; consumed by consume_skb | dropped by consume_skb' \
		'another end in the same function'
	cut_demo '$at["func"] == "icmp_rcv" { next } { print }'
	is_verdict 1 'another route: parted after ip_local_deliver_finish, then '\
'icmp_rcv | ping_rcv; last common function consume_skb; as far as recorded: '\
'INCOMPLETE' 'a step is missing'
	cp "$TMP/other" "$TMP/another"
	run -q "$TMP/other" "$TMP/another"
	is "$STATUS $out" '1 the same route, 8 steps; as far as recorded: '\
'INCOMPLETE' 'the same step is missing in both'
}

# explained: why one side was dropped stands in the line of -q as well
explained()
{
	run -q --data data "$GOLDEN/"demo-{good,bad}.in
	is "${out##*; }" "copied for its receivers, freed by consume_skb | dropped in ip_rcv_core: \
addressed to another host's MAC address (OTHERHOST)" 'why, in plain words: -q'
	sed 's/rule 2 handle 4/rule 3 handle 4/' "$GOLDEN/rule.in" >"$TMP/other"
	run --data data "$GOLDEN/rule.in" "$TMP/other"
	is "$STATUS" 1 'another rule is another route'
	is "$(tail -n 5 <<<"$out")" '- dropped by netfilter: table ip t chain user rule 2 handle 4, hook input, comment "no "pings": ticket 7"
  look at: nft -a list chain ip t user
+ dropped by netfilter: table ip t chain user rule 3 handle 4, hook input, comment "no "pings": ticket 7"
  look at: nft -a list chain ip t user
not the same routes in both' 'both rules are named'
	run -o json "$GOLDEN/rule.in" "$TMP/other"
	is "$(jq -r '.members[0] | .good, .bad | .end.rule' <<<"$out")" \
		'ip t user rule 2 handle 4 hook input drop comment no "pings": ticket 7
ip t user rule 3 handle 4 hook input drop comment no "pings": ticket 7' 'both rules: JSON'
}

stdin()
{
	run -q - "$GOLDEN/demo-bad.in" <"$GOLDEN/demo-good.in"
	like "$STATUS $out" '^1 another route: last common function ip_rcv_core' \
		'- stands for stdin'
}

offsets()
{
	sed 's/+0x22b/+0x99/' "$GOLDEN/demo-bad.in" >"$TMP/other"
	run -q "$GOLDEN/demo-bad.in" "$TMP/other"
	is "$STATUS" 1 'another offset in the same function of the same kernel'
	sed -i 's/^# kernel: .*/# kernel: 5.10.0/' "$TMP/other"
	run -q "$GOLDEN/demo-bad.in" "$TMP/other"
	is "$STATUS" 0 'another offset in the same function of another kernel'
}

groups()
{
	run -q "$GOLDEN/routes-good.in" "$GOLDEN/routes-good.in"
	is "$STATUS $(tail -n 1 <<<"$out")" '0 the same routes in both' \
		'the same group'
	run "$GOLDEN/routes-bad.in" "$GOLDEN/routes-bad.in"
	is "$STATUS" 0 'incomplete paths are left out of groups'
	like "$out" '4 packets, 2 routes, 1 INCOMPLETE' '… and counted'
	run "$GOLDEN/lost-birth.in" "$GOLDEN/lost-birth.in"
	is "$STATUS" 1 '… but nothing is the same where no path is complete'
}

# drive ARG...: bpfpath.sh; sets STATUS, out and err
drive()
{
	capture "$BPFPATH" "$@"
}

# drive_refused MESSAGE ARG...: exit status 2, and the message first
drive_refused()
{
	drive "${@:2}"
	is "$STATUS|${err%%$'\n'*}|$out" "2|bpfpath: $1|" "bpfpath.sh ${*:2}"
}

driver()
{
	local good=$GOLDEN/demo-good.in bad=$GOLDEN/demo-bad.in

	drive diff "$good" "$bad"
	is "$STATUS" 1 'bpfpath.sh diff: another route'
	is "$out" "$(<"$GOLDEN/demo.diff")" 'bpfpath.sh diff: output'
	is "$err" '' 'bpfpath.sh diff: no message'
	drive -v diff "$good" "$bad"
	is "$out" "$(<"$GOLDEN/demo.diff.verbose")" 'bpfpath.sh -v diff'
	drive -o json diff "$good" "$bad"
	is "$out" "$(<"$GOLDEN/demo.diff.json")" 'bpfpath.sh -o json diff'
	drive -q diff "$bad" "$bad"
	is "$STATUS $out" '0 the same route, 4 steps' 'bpfpath.sh -q diff'
	drive_refused 'diff: two FILEs are needed' diff
	drive_refused 'diff: two FILEs are needed' diff "$good"
	drive_refused 'diff: two FILEs are needed' diff "$good" "$bad" "$bad"
	drive_refused "-o 'records': must be one of: text json" \
		-o records diff "$good" "$bad"
	drive_refused "$TMP/no: No such file or directory" diff "$good" "$TMP/no"
	drive_refused "$TMP/none: holds no packet" diff "$good" "$TMP/none"
	drive_refused "-x: No such file or directory" -- diff -x "$bad"
	out=$(cd "$GOLDEN" && "$BPFPATH" -q diff demo-good.in demo-bad.in) ||
		true
	is "${out%%,*}" 'another route: last common function ip_rcv_core' \
		'bpfpath.sh diff: files of the directory one is in'
}

# relatives: many that did the same are one line
relatives()
{
	run -q "$GOLDEN/fragments.in" "$GOLDEN/clone.in"
	is "$(sed -n 2p <<<"$out")" '- relative 1.1 and 48 more like it, made '\
'by ip_frag_next: 2 steps, consumed by veth_xmit' 'relatives of one side'
	run -q "$GOLDEN/fragments.in" "$GOLDEN/fragments.in"
	is "$STATUS $(sed -n 2p <<<"$out")" '0 relative 1.1 and 48 more like '\
'it, made by ip_frag_next: the same route, 2 steps' 'relatives of both'
}

# addresses: where NAT gives another one; ports of a connection do not count
addresses()
{
	sed 's/40312/40999/; s/10\.0\.1\.2\t8080/10.0.1.3\t8081/' \
		"$GOLDEN/flows.in" >"$TMP/nat"
	run "$GOLDEN/flows.in" "$TMP/nat"
	is "$(grep '^  addresses' <<<"$out" | tr -s ' ')" \
		" addresses 10.0.0.1 > 10.0.1.2:8080 10.0.0.1 > 10.0.1.3:8081\
 at ip_finish_output" 'addresses: the first place where they differ'
	sed 's/40312/40999/' "$GOLDEN/flows.in" >"$TMP/later"
	run "$GOLDEN/flows.in" "$TMP/later"
	is "$(grep -c '^  addresses' <<<"$out")" 0 \
		'addresses: not the ports of a connection'
}

# caches: what caches alone make different is said, but is not the same
caches()
{
	awk "$AWK_COLUMNS"'/^#/ || $at["packet"] == 1' "$GOLDEN/neighbour.in" >"$TMP/cold"
	awk "$AWK_COLUMNS"'/^#/ || $at["packet"] == 2' "$GOLDEN/neighbour.in" >"$TMP/warm"
	run -q --data data "$TMP/cold" "$TMP/warm"
	is "$STATUS ${out##*$'\n'}" '1 differs only by a cold neighbour cache' \
		'caches: what is said'
	run -o json --data data "$TMP/cold" "$TMP/warm"
	is "$(jq -c '[.same, .caches]' <<<"$out")" \
		'[false,"a cold neighbour cache"]' 'caches: JSON'
}

# queues: where one has waited longer, the queue is named
queues()
{
	awk "$AWK_COLUMNS"'/^#/ || $at["packet"] == 1' "$GOLDEN/waits.in" >"$TMP/short"
	awk -v OFS='\t' "$AWK_COLUMNS"'!/^#/ && $at["ns"] > 5103000000 {
			$at["ns"] = sprintf("%.0f", $at["ns"] + 90000000)
		}
		{ print }' "$TMP/short" >"$TMP/long"
	run --data data "$TMP/short" "$TMP/long"
	like "$out" '~ +3200[.]120  93200[.]120  eth0 +sch_direct_xmit, '\
'waited in fq_codel in htb of eth0' 'queues: where it has waited longer'
	is "$(grep -c 'waited in' <<<"$out")" 1 'queues: there alone'
	run -o json --data data "$TMP/short" "$TMP/long"
	is "$(jq -c '[.members[0].steps[] | select(.bad.waited) | .func]' <<<"$out")" \
		'["sch_direct_xmit","__netif_receive_skb_core","skb_consume_udp"]' \
		'queues: JSON'
}

usage_errors
trouble
goldens
verdicts
explained
stdin
offsets
groups
relatives
addresses
caches
queues
driver
