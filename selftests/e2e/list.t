#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: list: what can be probed here, and what of it is on a path
# requires: root kprobes tool:pins
# All kernels: each has other functions.
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
. "${BASH_SOURCE%/*}/paths.sh"
plan 15

new_lab || exit 1

# The default list has something for every kernel.
by_request()
{
	sent request ping_peer 10.0.0.1
}

trace_paths request
for name in macvlan_start_xmit ip_rcv ip_local_deliver icmp_rcv; do
	ok "the default list: $name is on the path" \
		grep -qx "$name" <(records paths step func)
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

