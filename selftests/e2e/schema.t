#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: JSON of a run fits its schema
# requires: root cmd:python3 cmd:ping
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"

python3 -c 'import jsonschema' 2>/dev/null || skip_all "no python3-jsonschema"
plan 5
new_lab || exit 1

# fits SCHEMA FILE
fits()
{
	"$TOP/selftests/schema.py" "$TOP/Documentation/$1.schema.json" "$2" >&2
}

pings()
{
	on A ping -c 2 -i 0.2 -W 1 10.0.0.1 >/dev/null
}

trace run pings -- -o json -W "$TMP/saved" -c 4 -N "$NS_A" -i any \
	'icmp and host 10.0.0.1'
is "$STATUS" 0 "exit status"
ok "-o json" fits packet "$TMP/run.out"
is "$(grep -c '^{"packet":' "$TMP/run.out")" 4 "four lines"
"$BPFPATH" -o stats-json show "$TMP/saved" >"$TMP/stats" 2>/dev/null
ok "-o stats-json" fits stats "$TMP/stats"
"$BPFPATH" -o json diff "$TMP/saved" "$TMP/saved" >"$TMP/diff"
ok "diff -o json" fits diff "$TMP/diff"
