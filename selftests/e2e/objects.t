#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: our objects are objects that other loaders take as well
# requires: root cmd:bpftool cmd:jq
. "${BASH_SOURCE%/*}/../lib.sh"
plan 5

OBJECTS=/var/cache/bpfpath/objects
PIN=/sys/fs/bpf/object$$

new_lab || exit 1
trace any ping_peer 10.0.0.1 -- "${FEW[@]}" -N "$NS_A" -i veth-a -o json -w 60 \
	icmp 10.0.0.1
is "$STATUS" 0 "a run makes objects"
# The directory of this kernel is the one that the run has used last.
dir=$(find "$OBJECTS" -mindepth 1 -maxdepth 1 -printf '%T@ %p\n' | sort -n |
	tail -n 1 | cut -d' ' -f2-)

# loads GLOB WHAT TYPE: bpftool loads one of these objects
loads()
{
	local object

	object=$(find "$dir" -name "$1" | head -n 1)
	if [ -z "$object" ]; then
		skip "bpftool loads $2" "there is none on $(uname -r)"
		return
	fi
	ok "bpftool loads $2" quietly bpftool prog load "$object" "$PIN" type "$3"
	rm -f "$PIN"
}

# quietly COMMAND...: what it says is no TAP
quietly()
{
	"$@" >&2
}

loads 'classifier.ingress.*.o' "the classifier" classifier
loads 'kprobe.*.ip_rcv.*.o' "the probe of a function" kprobe
loads 'tracepoint.*.kfree_skb.*.o' "the probe of a tracepoint" raw_tracepoint
no_leftovers "nothing is left"
