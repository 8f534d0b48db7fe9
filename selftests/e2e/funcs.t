#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: lists of functions: lines of one's own, absent ones, globs
# requires: root cmd:jq kprobes
# kernels: one
. "${BASH_SOURCE%/*}/../lib.sh"
plan 21

new_lab || exit 1

# with_list NAME OPTIONS...: the path of an echo reply on A with $TMP/list
with_list()
{
	trace "$1" ping_peer 10.0.0.1 -- -f "$TMP/list" -N "$NS_A" -i veth-a \
		-o json -w 60 "${@:2}" icmp 10.0.0.1
	is "$STATUS" 0 "$1: exit status"
}

# counts NAME: how many functions it has probed, of how many
counts()
{
	sed -n 's/.* \([0-9]*\) of \([0-9]*\) functions probed.*/\1 \2/p' \
		"$TMP/$1.err"
}

cp "$TOP/selftests/e2e/few.list" "$TMP/list"
with_list before
ok "a function that is not in the list" not has_func before ip_rcv_finish

echo 'ip_local_deliver_finish 0 3' >>"$TMP/list"
with_list added
ok "a user's line: its function is on the path, and argument 3 is the packet" \
	has_func added ip_local_deliver_finish
ok "the others are, too" has_func added ip_rcv

cp "$TOP/selftests/e2e/few.list" "$TMP/list"
{
	echo 'no_such_function 0'
	echo 'ip_rcv_of_the_future 0'
	echo 'skb:no_such_tracepoint 0'
} >>"$TMP/list"
with_list absent
is "$(funcs_of absent)" "$(funcs_of before)" "absent functions: the same path"
read -r probed all < <(counts before)
is "$(counts absent)" "$probed $all" "absent functions: not counted as missing"
like "$(cat "$TMP/absent.err")" '; [0-9]+ of the list are not in this kernel' \
	"absent functions: counted apart"
unlike "$(cat "$TMP/absent.err")" 'no_such_function' \
	"absent functions: not named"
with_list verbose -v
for name in no_such_function ip_rcv_of_the_future no_such_tracepoint; do
	ok "absent functions: -v names $name" grep -q "$name" "$TMP/verbose.err"
done

# Globs, and what a line takes away again.
{
	echo 'ip_rcv* 0'
	echo 'icmp_* 0 1'
	echo '!ip_rcv_core'
	grep '^skb:' "$TOP/selftests/e2e/few.list"
	echo 'nothing_like_* 0'
} >"$TMP/list"
with_list globs -v
for name in ip_rcv icmp_rcv; do
	ok "globs: $name is on the path" has_func globs "$name"
done
ok "globs: what '!' takes away is not" not has_func globs ip_rcv_core
is "$(funcs_of globs | grep -vxE 'ip_rcv.*|icmp_.*|kfree_skb|consume_skb')" '' \
	"globs: nothing else is"
ok "globs: one that finds nothing is named" \
	grep -q 'nothing_like_\*: matches no function' "$TMP/globs.err"

no_leftovers "nothing is left"
