#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: the demo: an echo reply, first delivered, then lost to a wrong MAC, and the difference
# requires: root cmd:jq
# also: trixie-arm64 trixie-rt
# All kernels: it is the first thing that anybody sees.
. "${BASH_SOURCE%/*}/../lib.sh"
plan 21

LOCATION='^ip_rcv_core(\.[a-z0-9.]+)?\+0x[0-9a-f]+$'

# demo NAME OPTIONS...: sets STATUS
demo()
{
	in_background "$1" "$BPFPATH" demo "${@:2}"
	end_trace "$1"
}

before=$(lab_names; run_state)

# functions_differ: what only probes on functions can tell
functions_differ()
{
	local what

	for what in "good path passes icmp_rcv or ping_rcv" \
			"bad path passes neither"; do
		has_kprobes || skip "$what" "no kprobes on $(uname -r)"
	done
	has_kprobes || return
	ok "good path passes icmp_rcv or ping_rcv" \
		has_func demo 'icmp_rcv|ping_rcv' 0
	ok "bad path passes neither" not has_func demo 'icmp_rcv|ping_rcv' 1
}

# split FILE: the traces in it, each to $TMP/NUMBER.path
split()
{
	awk -v dir="$TMP" '/^#bpfpath-records/ { n++ }
		{ print >dir "/" n ".path" }' "$1"
}

demo demo -o records
is "$STATUS" 0 "exit status"
split "$TMP/demo.out"
for number in 1 2; do
	"$BPFPATH" -q -o json show "$TMP/$number.path"
done >"$TMP/demo.out"
mapfile -t got < <(json demo 'length, .[0].end.how,
	(.[1] | .end.how, .end.location, .end.reason, .events[0].ifname),
	(map(.complete) | unique | tostring), (map(.lost) | add),
	(map(.filter) | unique | join(","))')
is "${got[0]}" 2 "two paths"
is "${got[1]}" consumed "good path ends consumed"
is "${got[2]}" dropped "bad path ends dropped"
functions_differ
like "${got[3]}" "$LOCATION" "bad path ends at ip_rcv_core"
if has_reasons; then
	is "${got[4]}" OTHERHOST "the reason"
else
	is "${got[4]}" null "no reason on this kernel"
fi
is "${got[5]}" veth-a "bad path begins at the lower device"
is "${got[6]}" '[true]' "both are complete"
is "${got[7]}" 0 "nothing is lost"
is "${got[8]}" 'icmp and src host 10.0.0.1' "the filter"
like "$(cat "$TMP/demo.err")" 'Node A .* pings node B' \
	"the story is told on stderr"

# ---------------------------------------------------------------- the difference

# compare ARG...: the good and the bad path; sets STATUS and out
compare()
{
	STATUS=0
	out=$("$BPFPATH" "$@" diff "$TMP/1.path" "$TMP/2.path") || STATUS=$?
}

compare -q
is "$STATUS" 1 "diff: another route"
like "$out" ', freed by .* \| dropped in ip_rcv_core' "diff: how each ended"
if has_kprobes; then
	like "$out" '^another route: last common function ip_rcv_core, then ' \
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
like "${out%%$'\n'*}" '^the same route, [0-9]+ steps?$' "diff: a path and itself"
is "$(lab_names; run_state)" "$before" "nothing is left"
