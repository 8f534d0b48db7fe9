#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: -o svg: a picture by Graphviz, and what is said without it
# requires: cmd:dot
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 12

GOLDEN=$TOP/selftests/golden

# show FILE [OPTION...]: sets STATUS, and the files out and err
show()
{
	STATUS=0
	"$BPFPATH" -o svg "${@:2}" show "$1" >"$TMP/out" 2>"$TMP/err" || STATUS=$?
}

# without_dot: directories of programs without it
without_dot()
{
	local -a dirs

	mkdir "$TMP/bin"
	IFS=: read -ra dirs <<<"$PATH"
	find "${dirs[@]}" -maxdepth 1 -executable ! -type d ! -name dot \
		-exec ln -sf -t "$TMP/bin" {} +
	echo "$TMP/bin"
}

show "$GOLDEN/long.in" -q
is "$STATUS" 0 'a path: exit status'
is "$(grep -c '^</svg>$' "$TMP/out")" 1 'a path: a picture'
is "$(cat "$TMP/err")" '' 'a path: nothing is said'
ok 'a path: its last function is in the picture' \
	grep -q '>skb_attempt_defer_free<' "$TMP/out"
like "$(cat "$TMP/out")" '#c8e6c9' 'a path: it ends in green'

show "$GOLDEN/drop.in" -W "$TMP/saved"
like "$(cat "$TMP/out")" '#ffcdd2' 'a drop: it ends in red'
ok '-W: the records are saved as well' cmp "$TMP/saved" "$GOLDEN/drop.in"

head -n 1 "$GOLDEN/drop.in" >"$TMP/none"
show "$TMP/none"
is "$STATUS" 3 'no packet: exit status'
is "$(cat "$TMP/out")" '' 'no packet: no picture'
show "$TMP/missing"
is "$STATUS" 1 'no file: exit status'

PATH=$(without_dot)
show "$GOLDEN/long.in"
is "$STATUS" 1 'no dot: exit status'
is "$(cat "$TMP/err")" 'bpfpath: -o svg: dot is not here, install graphviz (-o dot does without)' \
	'no dot: message'
