#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: where the kernel lets nobody see what programs decide, a drop of tc names the
# one that is attached there
# requires: root tool:hook
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"

PINNED=/sys/fs/bpf/somebody$$
SHOT=101	# TTL, hook.c
TAB=$'\t'

# has_ended N
has_ended()
{
	grep -q "^end$TAB$1$TAB" "$TMP/records"
}

shoot()
{
	on A ping -n -c 1 -W 0.1 -t "$SHOT" 10.0.0.1 >/dev/null 2>&1
}

new_lab || exit 1
mount_quietly
trap 'rm -f "$PINNED"; clean_up' EXIT
"$TOOLS/hook" pin "$PINNED" 1 || exit 1
on B tc qdisc add dev veth-b clsact
on B tc filter add dev veth-b ingress pref 10 bpf direct-action object-pinned "$PINNED" ||
	exit 1

start_trace refused "${FEW[@]}" -N "$NS_B" -i veth-b -d in -c 3 -W "$TMP/records" \
	"icmp[0] = 8" || exit 1
grep -q "no step: BPF program.*'somebody' (id [0-9]*): Operation not permitted" \
	"$TMP/refused.err" || skip_all "kernel $(uname -r) refuses no fexit"
plan 5
tracer=$PID
shoot
wait_for 10 has_ended 1
on B tc filter add dev veth-b ingress pref 11 bpf direct-action object-pinned "$PINNED"
sleep 1.1	# what is attached is asked once a second
shoot
wait_for 10 has_ended 2
on B tc qdisc del dev veth-b clsact
if has_tcx; then
	serve B tcx "$TOOLS/hook" ingress first veth-b 1
else
	on B tc qdisc add dev veth-b clsact
	on B tc filter add dev veth-b ingress pref 10 bpf direct-action object-pinned "$PINNED"
fi
sleep 1.1
shoot
PID=$tracer
end_trace refused
is "$STATUS" 0 "exit status"
out=$(cat "$TMP/refused.out")
like "$out" 'packet 1: dropped.*dropped at tc ingress of veth-b, where program somebody \(id [0-9]+\) is attached alone.*packet 2: icmp' \
	"the one filter is named"
like "$out" "packet 2: dropped.*dropped by tc: a filter at ingress of veth-b.*packet 3: icmp" \
	"of two none is"
like "$out" 'packet 3: dropped.*dropped at tcx? ingress of veth-b, where program somebody \(id [0-9]+\) is attached alone' \
	"the one program of tcx is named"
mute
rm -f "$PINNED"
no_leftovers "nothing is left"
