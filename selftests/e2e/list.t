#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: the list of functions: a user's line, functions not here
# requires: root cmd:jq kprobes
. "${BASH_SOURCE%/*}/../lib.sh"
plan 19

new_lab || exit 1

# with_list NAME OPTIONS...: the path of an echo reply on A with $TMP/list
with_list()
{
	trace "$1" ping_peer 10.0.0.1 -- -f "$TMP/list" -N "$NS_A" -i veth-a \
		-o json -w 60 "${@:2}" icmp 10.0.0.1
	is "$STATUS" 0 "$1: exit status"
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
like "$(cat "$TMP/absent.err")" \
	'10 of 13 functions probed; -v names the rest' \
	"absent functions: counted"
unlike "$(cat "$TMP/absent.err")" 'no_such_function' \
	"absent functions: not named"
with_list verbose -v
for name in no_such_function ip_rcv_of_the_future no_such_tracepoint; do
	ok "absent functions: -v names $name" grep -q "$name" "$TMP/verbose.err"
done

# The default list has something for every kernel.
trace all ping_peer 10.0.0.1 -- -N "$NS_A" -i veth-a -o json -w 60 icmp 10.0.0.1
is "$STATUS" 0 "the default list: exit status"
for name in macvlan_handle_frame ip_rcv ip_local_deliver icmp_rcv; do
	ok "the default list: $name is on the path" has_func all "$name"
done
no_leftovers "nothing is left"
