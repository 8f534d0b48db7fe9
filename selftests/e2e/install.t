#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: what make install makes works from a read-only tree, without compilers
# requires: root cmd:make cmd:llvm-strip cmd:jq
# kernels: one
. "${BASH_SOURCE%/*}/../lib.sh"
plan 11

INSTALLED=$TMP/usr

# traces NAME WORD...: an echo reply, by the installed command
traces()
{
	trace "$1" ping_peer 10.0.0.1 -- -N "$NS_A" -i veth-a -w 60 "${@:2}" \
		"icmp and src host 10.0.0.1 and not udp port $((RANDOM % 9999 + 1))"
}

# is_read_only: nothing can be written below it
is_read_only()
{
	not touch "$INSTALLED/file" 2>/dev/null
}

# tree: where functions can be probed, with an object for each
tree()
{
	if ! has_kprobes; then
		skip "a tree: exit status" "no kprobes on $(uname -r)"
		skip "a tree: the path" "no kprobes on $(uname -r)"
		return
	fi
	traces tree -o tree -a kprobe
	is "$STATUS" 0 "a tree: exit status"
	like "$(<"$TMP/tree.out")" 'icmp_rcv|ping_rcv' "a tree: the path"
}

# demo: here alone, where it is fast
demo()
{
	if has_kprobes; then
		skip "demo" "takes a guest long"
		skip "demo builds nothing" "takes a guest long"
		return
	fi
	"$BPFPATH" demo -q >"$TMP/demo" 2>"$TMP/demo.err" </dev/null
	is "$?:$(grep -c '^packet 1: .*, complete' "$TMP/demo")" "0:2" "demo"
	unlike "$(<"$TMP/demo.err")" 'setup|build' "demo builds nothing"
}

make -s -C "$TOP" install PREFIX="$INSTALLED" SYSCONFDIR="$TMP/etc" >&2 || exit 1
mount --bind "$INSTALLED" "$INSTALLED" && mount -o remount,bind,ro "$INSTALLED" || exit 1
trap 'umount "$INSTALLED"; clean_up' EXIT
ok "it is read-only" is_read_only

mkdir "$TMP/bin"
for program in clang gcc cc make; do
	printf '%s\n' '#!/bin/sh' 'exit 1' >"$TMP/bin/$program"
	chmod +x "$TMP/bin/$program"
done
export PATH=$TMP/bin:$PATH
BPFPATH=$INSTALLED/sbin/bpfpath
new_lab || exit 1
mount_quietly

traces all -A -o json
is "$STATUS" 0 "--all: exit status"
is "$(json all length)" 1 "--all: a packet"
tree
for verb in list check; do
	"$BPFPATH" $verb >"$TMP/$verb" 2>&1
	is "$?" 0 "$verb"
done
demo

mkdir -p "$TMP/etc/bpfpath"
echo 'skb:consume_skb 1' >"$TMP/etc/bpfpath/kp_funcs.list"
like "$("$BPFPATH" list -q -a tracepoint -A)" $'^[^\n]*\n *1  consume_skb ' \
	"a list in /etc goes before the installed one"
no_leftovers "nothing is left"
