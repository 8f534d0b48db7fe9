#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: -o tree where nothing can be probed as it returns
# requires: root
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 4

new_lab || exit 1
ON_B=(-N "$NS_B" -i veth-b -d in)

trace hops ping_peer 10.0.0.1 -- "${ON_B[@]}" -w 20 -a tracepoint -o tree icmp 10.0.0.2
is "$STATUS" 0 "tracepoints: exit status"
like "$(<"$TMP/hops.err")" 'no function can be probed here where it returns' \
	"tracepoints: it says that there is no tree"
like "$(<"$TMP/hops.out")" 'returns were not recorded' "... and the form says it"
in_background map "$BPFPATH" "${ON_B[@]}" -r map -R icmp 10.0.0.2
end_trace map
is "$STATUS" 4 "-r map has no room for returns"
