#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: objects are kept: a second run compiles nothing
# requires: root cmd:jq
# kernels: one
. "${BASH_SOURCE%/*}/../lib.sh"
plan 7

new_lab || exit 1

# A compiler that notes that it was called.
cat >"$TMP/clang" <<END
#!/bin/sh
case " \$* " in *" -c "*) echo "\$*" >>"$TMP/calls" ;; esac
exec $(type -P "${CLANG:-clang}") "\$@"
END
chmod +x "$TMP/clang"
export CLANG=$TMP/clang
export PATH=${PATH/"$TOP/selftests/guest:"/}	# every call, one by one

run()
{
	: >"$TMP/calls"
	trace "$1" ping_peer 10.0.0.1 -- -N "$NS_A" -i veth-a -o json -w 60 \
		"${@:2}" icmp 10.0.0.1
	is "$STATUS" 0 "$1: exit status"
}

run first "${FEW[@]}"
run second "${FEW[@]}"
is "$(cat "$TMP/calls")" "" "a second run compiles nothing"

# What the filter needs is in the classifier alone.
: >"$TMP/calls"
trace other true -- -N "$NS_A" -i veth-a -w 1 "${FEW[@]}" \
	icmp "10.0.9.$((RANDOM % 256))"
ok "another filter: nothing but the classifier is compiled" \
	not grep -v classifier "$TMP/calls"

# A line changed in the list: one more object.
sed '/^udp_rcv/s/.*/ip_rcv_finish 0/' "$TOP/selftests/e2e/few.list" \
	>"$TMP/other.list"
if has_kprobes; then
	run changed -f "$TMP/other.list"
	ok "a line changed: one object at most" \
		[ "$(wc -l <"$TMP/calls")" -le 1 ]
else
	skip "changed: exit status" "no kprobes on $(uname -r)"
	skip "a line changed: one object at most" "no kprobes on $(uname -r)"
fi
no_leftovers "nothing is left"
