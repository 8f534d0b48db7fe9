#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: --aside: a list of one's own, what it is not for
# requires: root cmd:ping kprobes
# kernels: one
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
plan 8

new_lab && add_forwarding || exit 1

# beyond: one echo request through B
beyond()
{
	ping_peer "$BEYOND"
}

STATUS=0
"$BPFPATH" -a tracepoint --aside -N "$NS_B" icmp >"$TMP/out" 2>"$TMP/err" ||
	STATUS=$?
is "$STATUS" 4 "tracepoint: exit status"
like "$(<"$TMP/err")" 'need kprobe or multi, not tracepoint' "tracepoint: message"

echo 'fib_table_lookup 0' >"$TMP/one.list"
trace text beyond -- -a kprobe "${FEW[@]}" --aside-funcs "$TMP/one.list" -w 120 -N "$NS_B" \
	-i veth-b -d in "icmp and dst host $BEYOND"
is "$STATUS" 0 "a list: exit status"
like "$(<"$TMP/text.out")" $'\n *\\(fib_table_lookup\\)\n' "a list: text"
unlike "$(<"$TMP/text.out")" '\((dst_|rt_)' "a list: no other"
trace none beyond -- -a kprobe -o records "${FEW[@]}" -w 120 -N "$NS_B" \
	-i veth-b -d in "icmp and dst host $BEYOND"
is "$(records none aside func)" '' "not asked for: none"
STATUS=0
"$BPFPATH" -a kprobe -r pipe --aside "${FEW[@]}" -N "$NS_B" icmp \
	>"$TMP/out" 2>"$TMP/err" || STATUS=$?
is "$STATUS" 4 "-r pipe: exit status"
no_leftovers "nothing is left"
