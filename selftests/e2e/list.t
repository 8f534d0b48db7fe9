#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: the list of functions, globs; what can be probed here
# requires: root cmd:jq kprobes
. "${BASH_SOURCE%/*}/../lib.sh"
plan 37

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
is "$(counts absent)" "$probed $((all + 3))" "absent functions: counted"
like "$(cat "$TMP/absent.err")" '-v names the rest' \
	"absent functions: can be named"
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

# The default list has something for every kernel.
trace all ping_peer 10.0.0.1 -- -N "$NS_A" -i veth-a -o json -w 60 icmp 10.0.0.1
is "$STATUS" 0 "the default list: exit status"
for name in macvlan_handle_frame ip_rcv ip_local_deliver icmp_rcv; do
	ok "the default list: $name is on the path" has_func all "$name"
done

# ---------------------------------------------------------------- the verb

# list NAME OPTIONS...: $TMP/NAME.rows, its lines with single blanks
list()
{
	STATUS=0
	"$BPFPATH" list "${@:2}" >"$TMP/$1.out" 2>"$TMP/$1.err" || STATUS=$?
	tr -s ' ' <"$TMP/$1.out" | sed 's/ $//' >"$TMP/$1.rows"
}

# has_row NAME REGEX
has_row()
{
	grep -qE "^$2\$" "$TMP/$1.rows"
}

list table
is "$STATUS" 0 "list: exit status"
like "$(<"$TMP/table.err")" \
	'[0-9]+ functions take a packet and can be probed, [0-9]+ cannot; [0-9]+ are left out, -v' \
	"list: numbers on stderr"
ok "list: a function" has_row table 'ip_rcv 1 - kprobe.*'
ok "list: a const packet" has_row table 'tcp_ack 2 - kprobe.*'
ok "list: a struct sk_buff **" has_row table 'vlan_do_receive \*1 - kprobe.*'
ok "list: two packets" has_row table 'pfifo_fast_enqueue 1,\*3 - kprobe.*'
if since 5 11; then
	ok "list: a module's function" has_row table 'veth_xmit 1 veth kprobe.*'
else
	skip "list: a module's function" "modules have no BTF"
fi
ok "list: no noise" not grep -qE '^(netlink_|__traceiter_)' "$TMP/table.rows"

list verbose_table -v
ok "list -v: netlink" has_row verbose_table \
	'netlink_unicast 2 - left out: netlink messages'
ok "list -v: stubs of tracepoints" has_row verbose_table \
	'__traceiter_kfree_skb 2 - left out: part of a tracepoint'

list tracepoints --tracepoints
ok "list --tracepoints: kfree_skb" has_row tracepoints \
	'kfree_skb 1 - tracepoint'

no_leftovers "nothing is left"
