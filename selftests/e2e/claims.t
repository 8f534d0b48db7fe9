#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: without an atomic that fetches: CPUs that want the same number
# requires: root tool:claims tool:pins
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 3

PIN=/sys/fs/bpf/claims-$$
trap 'rm -rf "$PIN"; clean_up' EXIT

mount_quietly
"$TOP/build/bpfload" filter --expression icmp >"$TMP/filter"
"$TOP/build/bpfload" list --attach tracepoint --quiet \
	--functions "$TOP/kp_funcs.list" --constants "$TMP/kernel" >/dev/null
sed 's/^has_fetch\t.*/has_fetch\t0/' "$TMP/kernel" >"$TMP/constants"

# pass COUNT: of a packet when so many numbers are taken: what is selected, untracked
pass_one()
{
	mkdir "$PIN"
	"$TOP/build/bpfload" pin --constants "$TMP/constants" --set read_ring=1 \
		--filter "$TMP/filter" "$PIN" \
		"$TOP/build/bpf/$(uname -m)/classifier.o" classifier &&
		"$TOOLS/claims" "$PIN" "$1" &&
		"$TOOLS/pins" "$PIN" |
			sed 's/.*\(selected [0-9]* untracked [0-9]*\).*/\1/'
	rm -r "$PIN"
}

is "$(pass_one 0)" "selected 1 untracked 0" "nobody else wants it"
is "$(pass_one 3)" "selected 1 untracked 0" "three others were faster: the next one"
is "$(pass_one 100)" "selected 0 untracked 1" "a hundred others: it is counted"
