#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: -a kprobe: the functions of another list get objects of their own
# requires: root kprobes cmd:jq cmd:clang cmd:make
# kernels: one
. "${BASH_SOURCE%/*}/../lib.sh"
plan 11

unset CLANG	# in a guest there is none for others (vms.sh)
new_lab || exit 1
mount_quietly

OWN=$TOP/build/bpf/$(uname -m)/kprobe
printf '%s\n' '' '' 'ip_rcv 0' 'icmp_rcv 0 1' 'skb:consume_skb 1' >"$TMP/list"
TRACED=(-a kprobe -N "$NS_B" -i veth-b -d in -o json -w 60 -f "$TMP/list" icmp)

trace first ping_peer 10.0.0.1 -- "${TRACED[@]}"
is "$STATUS" 0 "a list is first used: exit status"
like "$(<"$TMP/first.err")" "compiling the functions of $TMP/list, once" \
	"... it is compiled"
ok "... an object for a function" test -s "$OWN/3.ip_rcv.0.1.o"
ok "... and for another" test -s "$OWN/4.icmp_rcv.0.1.o"
is "$(funcs_of first | sed -n 1,2p | xargs)" "ip_rcv icmp_rcv" "... they see the packet"
trace again ping_peer 10.0.0.1 -- "${TRACED[@]}"
unlike "$(<"$TMP/again.err")" compiling "again: nothing is compiled"
is "$(funcs_of again)" "$(funcs_of first)" "... the same path"

# Without a compiler, for another list
printf '%s\n' '' '' '' 'ip_rcv 0' 'icmp_rcv 0 1' 'skb:consume_skb 1' >"$TMP/list"
export CLANG=no-compiler
trace without ping_peer 10.0.0.1 -- -v "${TRACED[@]}"
is "$STATUS" 0 "no compiler: exit status"
like "$(<"$TMP/without.err")" \
	"no object for each function of $TMP/list \(no no-compiler or make here\): one for all serves" \
	"... -v says so"
is "$(funcs_of without)" "$(funcs_of first)" "... the same path"
unset CLANG

# shellcheck disable=SC2016 # it must not be expanded
printf '%s\n' 'ip_rcv 0;touch 1' "udp_rcv 0 \$(touch\${IFS}$TMP/evil)" \
	>"$TMP/list"
"$BPFPATH" "${TRACED[@]}" >"$TMP/out" 2>&1
ok "a list's text is not evaluated" test ! -e "$TMP/evil"
rm -f "$OWN"/[34].ip_rcv.0.1.o "$OWN"/[45].icmp_rcv.0.1.o
