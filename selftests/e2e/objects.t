#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: our objects are objects that other loaders take as well
# requires: root cmd:bpftool cmd:jq
# kernels: one
. "${BASH_SOURCE%/*}/../lib.sh"
plan 5

PIN=/sys/fs/bpf/object$$

new_lab || exit 1

# A run tells by its plan which objects are its own.
start_trace any "${FEW[@]}" -N "$NS_A" -i veth-a -o json -w 60 icmp 10.0.0.1
awk -F '\t' '$NF ~ /\.o$/ { print $NF }' "/run/bpfpath/runs/$PID/plan" \
	>"$TMP/objects"
ping_peer 10.0.0.1
end_trace any
is "$STATUS" 0 "a run makes objects"
dir=$(dirname "$(head -n 1 "$TMP/objects")")
find "$dir" -name 'classifier.ingress.*.o' >>"$TMP/objects"

# loads REGEX WHAT TYPE: bpftool loads one of these objects
loads()
{
	local object

	object=$(grep -m 1 "/$1" "$TMP/objects")
	if [ -z "$object" ]; then
		skip "bpftool loads $2" "there is none on $(uname -r)"
		return
	fi
	ok "bpftool loads $2" bpftool prog load "$object" "$PIN" type "$3"
	rm -f "$PIN"
}

loads 'classifier.ingress.' "the classifier" classifier
loads 'kprobe.*.ip_rcv.' "the probe of a function" kprobe
loads 'tracepoint.*.kfree_skb.' "the probe of a tracepoint" raw_tracepoint
no_leftovers "nothing is left"
