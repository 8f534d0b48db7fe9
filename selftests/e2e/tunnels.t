#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: --inner: what is in a tunnel, before it is taken out
# requires: root cmd:jq
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
if in_guest; then
	plan 22
else
	plan 24
fi

ALL=(vxlan geneve gre gretap ipip sit gue)
INNER='(icmp[icmptype] = icmp-echo and ip[8] = 77) or
	(icmp6 and ip6[40] = 128 and ip6[7] = 77)'

# Bytes of the echo request of ping(8) with its tunnel's headers, from the
# underlay's IPv4 header on.
declare -A SIZE=([vxlan]=134 [geneve]=134 [gre]=108 [gretap]=122 [ipip]=104
	[sit]=124 [gue]=116)

new_lab || exit 1
add_devices "${ALL[@]}"
count=${#KINDS[@]}
[ "$count" -gt 0 ] || skip_all "kernel $(uname -r) has no tunnels"

# sizes MORE: of the requests, in the order of KINDS
sizes()
{
	local kind

	for kind in "${KINDS[@]}"; do
		echo $((SIZE[$kind] + $1))
	done | paste -sd' '
}

# through_all TTL: an echo request through each tunnel, from A to B
through_all()
{
	local kind

	for kind in "${KINDS[@]}"; do
		ping_ttl A "$1" "$(address_of "$kind" B)"
	done
}

# First those that almost match: in no tunnel, of another TTL.
requests()
{
	ping_ttl A 77 10.0.0.1
	through_all 78
	through_all 77
}

# how_all: they end. Before 6.3 icmpv6_rcv() gave up by kfree_skb() even what it
# had answered.
how_all()
{
	local kind

	for kind in "${KINDS[@]}"; do
		[ "$kind" = sit ] && ! since 6 3 && echo dropped ||
			echo consumed
	done | paste -sd' '
}

# inner NAME OPTIONS...
inner()
{
	trace_both "$1" requests -c "$count" --inner "$INNER" "${@:2}"
	is "$STATUS" 0 "$1: exit status"
	is "$(ends "$1")" "$(how_all)" "$1: how each ends"
}

# What takes a packet out of its tunnel comes after the selection.
{
	cat "$TOP/selftests/e2e/few.list"
	printf '%s 0\n' gre_rcv tunnel4_rcv tunnel64_rcv
	printf '%s 0 2\n' vxlan_rcv geneve_udp_encap_recv
} >"$TMP/tunnels.list"

inner in -N "$NS_B" -i veth-b -d in -f "$TMP/tunnels.list"
is "$(selected in len)" "$(sizes 14)" "in: each tunnel's packet"
is "$(selected in func) $(selected in ifname)" \
	"$(times "$count" ingress) $(times "$count" veth-b)" "in: at the underlay"
declare -A TAKER=([vxlan]=vxlan_rcv [geneve]=geneve_udp_encap_recv
	[gre]=gre_rcv [gretap]=gre_rcv [ipip]=tunnel4_rcv [sit]=tunnel64_rcv
	[gue]=udp_rcv)
number=0
for kind in "${ALL[@]}"; do
	if ! has_kind "$kind"; then
		skip "in: $kind: taken out" "kernel $(uname -r) has no $kind"
		continue
	fi
	number=$((number + 1))
	[ "$kind" = sit ] && last=icmpv6_rcv || last=icmp_rcv
	if has_kprobes; then
		ok "in: $kind: taken out" passes in $number \
			"${TAKER[$kind]}" "$last"
	else
		skip "in: $kind: taken out" "no kprobes on $(uname -r)"
	fi
done

inner out -N "$NS_A" -i macvlan-a -d out "${FEW[@]}"
# In the last one of the output probes, and at the device, it has an Ethernet header.
out=$(selected out len)
[ "$out" = "$(sizes 0)" ] || is "$out" "$(sizes 14)" \
	"out: each tunnel's packet"
[ "$out" != "$(sizes 0)" ] || pass "out: each tunnel's packet"
is "$(selected out func) $(selected out ifname)" \
	"$(times "$count" "$(made_at any)") $(times "$count" macvlan-a)" "out: at the underlay"

in_guest || inner out-by-tracepoint -a tracepoint -N "$NS_A" -i macvlan-a -d out "${FEW[@]}"

# In an expression's company: of all the tunnels, VXLAN alone.
only_vxlan()
{
	requests
	ping_ttl A 77 "$(address_of vxlan B)" -s 100
}

trace_both outer only_vxlan "${FEW[@]}" -N "$NS_B" -i veth-b \
	--inner "$INNER" 'udp dst port 4789 and greater 170'
is "$STATUS" 0 "outer and inner: exit status"
is "$(selected outer len)" $((SIZE[vxlan] + 14 + 44)) \
	"outer and inner: the one that both match"
is "$(ends outer)" consumed "outer and inner: how it ends"

# Loops: the verifier goes through them at the interface, and where a packet is made.
STATUS=0
"$BPFPATH" "${FEW[@]}" -N "$NS_B" -i veth-b -w 1 --inner 'ip6 protochain 17' \
	udp >"$TMP/loop.out" 2>"$TMP/loop.err" || STATUS=$?
is "$STATUS $(grep "no packet matched" "$TMP/loop.err")" \
	"3 bpfpath: no packet matched: udp, inner: ip6 protochain 17" \
	"headers that are skipped in a packet in a packet"

STATUS=0
"$BPFPATH" "${FEW[@]}" -N "$NS_B" -w 1 --inner 'tcp and and' udp \
	2>"$TMP/bad.err" || STATUS=$?
is "$STATUS" 2 "a bad inner expression: exit status"
like "$(cat "$TMP/bad.err")" 'syntax error' "a bad inner expression: message"
no_leftovers "nothing is left"
