#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: the two paths of the demo, compared
# requires: root cmd:jq
. "${BASH_SOURCE%/*}/../lib.sh"
plan 8

# split FILE: the traces in it, each to $TMP/NUMBER.path
split()
{
	awk -v dir="$TMP" '/^#bpfpath-records/ { n++ }
		{ print >dir "/" n ".path" }' "$1"
}

# compare ARG...: the good and the bad path; sets STATUS and out
compare()
{
	STATUS=0
	out=$("$BPFPATH" "$@" diff "$TMP/1.path" "$TMP/2.path") || STATUS=$?
}

in_background demo "$BPFPATH" demo -o records
end_trace demo
is "$STATUS" 0 "demo: exit status"
split "$TMP/demo.out"
compare -q
is "$STATUS" 1 "diff: another way"
like "$out" '; consumed by .* \| dropped in ip_rcv_core' "diff: how each ended"
if has_kprobes; then
	like "$out" '^another way: last common function ip_rcv_core, then ' \
		"diff: where they part"
	compare -v
	like "$out" $'\n! .* macvlan-a \\| veth-a +ip_rcv\n' \
		"diff: the interface is another one before that"
else
	skip "diff: where they part" "no kprobes on $(uname -r)"
	skip "diff: the interface is another one before that" \
		"no kprobes on $(uname -r)"
fi
compare -o json
is "$(jq -c '[.same, (.ways | length), .members[0].bad.end.how]' <<<"$out")" \
	'[false,2,"dropped"]' "diff: JSON"
cp "$TMP/1.path" "$TMP/2.path"
compare -q
is "$STATUS" 0 "diff: a path and itself: exit status"
like "${out%%$'\n'*}" '^the same way, [0-9]+ steps?$' "diff: a path and itself"
