#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: selection at devices of each kind, as packets come and go
# requires: root cmd:jq tool:inject
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
if in_guest; then
	plan 21
else
	plan 24
fi

ALL=(pair macvlan bridge ipvlan vlan vxlan geneve gre gretap ipip)
FILTER='icmp[icmptype] = icmp-echo and ip[8] = 77'

# What hands a packet to the device, by kind.
declare -A DRIVER=([lo]=loopback_xmit [tun]=tun_net_xmit [pair]=veth_xmit
	[macvlan]=macvlan_start_xmit [bridge]=br_dev_xmit
	[ipvlan]=ipvlan_start_xmit [vlan]=vlan_dev_hard_start_xmit
	[vxlan]=vxlan_xmit [geneve]=geneve_xmit [gre]=ipgre_xmit
	[gretap]=gre_tap_xmit [ipip]=ipip_tunnel_xmit)

new_lab || exit 1
add_devices "${ALL[@]}"
open_tun 0 || exit 1
names=$(printf '%s-a\n' "${KINDS[@]}")
names="lo tun-a ${names//$'\n'/ }"
count=$(wc -w <<<"$names")

# come_in TTL: an echo request to each device of A
come_in()
{
	local kind

	ping_ttl A "$1" 127.0.0.1
	ip4 1 10.11.0.1 10.11.0.2 "$(echo_request 0102)" "$1" >&"$TUN"
	for kind in "${KINDS[@]}"; do
		ping_ttl B "$1" "$(address_of "$kind" A)"
	done
}

# go_out TTL: an echo request by each device of A
go_out()
{
	local kind

	ping_ttl A "$1" 127.0.0.1
	ping_ttl A "$1" 10.11.0.1
	for kind in "${KINDS[@]}"; do
		ping_ttl A "$1" "$(address_of "$kind" B)"
	done
}

come_in_twice()
{
	come_in 78
	come_in 77
}

go_out_twice()
{
	go_out 78
	go_out 77
}

# at_each NAME TRIGGER OPTIONS...: at all these devices, and at no other
at_each()
{
	trace_both "$1" "$2" -N "$NS_A" -i "${names// /,}" -c "$count" \
		"${@:3}" "$FILTER"
	is "$STATUS" 0 "$1: exit status"
	is "$(selected "$1" ifname)" "$names" "$1: the devices, each once"
	is "$(ends "$1")" "$(times "$count" consumed)" "$1: how each ends"
}

# check_driver KIND: packet $number of the trace "out" has passed it
check_driver()
{
	number=$((number + 1))
	if has_kprobes; then
		ok "out: ${DRIVER[$1]}" passes out $number "${DRIVER[$1]}"
	else
		skip "out: ${DRIVER[$1]}" "no kprobes on $(uname -r)"
	fi
}

at_each in come_in_twice -d in "${FEW[@]}"
is "$(selected in func)" "$(times "$count" ingress)" "in: where"

{
	cat "$TOP/selftests/e2e/few.list"
	printf '%s 0\n' "${DRIVER[@]}"
} >"$TMP/drivers.list"
at_each out go_out_twice -d out -f "$TMP/drivers.list"
is "$(selected out func)" "$(times "$count" "$(made_at any)")" "out: where"
number=0
for kind in lo tun "${KINDS[@]}"; do
	check_driver "$kind"
done
for kind in "${ALL[@]}"; do
	has_kind "$kind" || skip "out: ${DRIVER[$kind]}" \
		"kernel $(uname -r) has no $kind"
done

# In guests tracepoint.t is about tracepoints.
in_guest || at_each by-tracepoint go_out_twice -a tracepoint -d out "${FEW[@]}"
close_tun
no_leftovers "nothing is left"
