#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: packets that come in, that are made here, that pass through
# requires: root cmd:jq tool:inject
# All kernels: what is made here passes other functions in each. In
# guests, tracepoint.t is about tracepoints.
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
if in_guest; then
	plan 17
else
	plan 24
fi

MADE='udp dst port 9 or tcp dst port 9 or
	(icmp[icmptype] = icmp-echoreply and dst host 10.0.0.2) or
	(arp and arp[24:4] = 0x0a000009)'
KINDS_MADE=("UDP" "TCP, IPv4" "TCP, IPv6" "an echo reply" "a raw socket"
	"a packet socket" "an ARP request")

new_lab && add_forwarding || exit 1
mac_a=$(mac_of "$NS_A" macvlan-a)
mac_b=$(mac_of "$NS_B" veth-b)
# ARP asks once, not again a second later.
on B sh -c 'echo 1 >/proc/sys/net/ipv4/neigh/veth-b/mcast_solicit'

PASSED='__ip_local_out|ip_output|ip_finish_output2|ip6_finish_output2|nf_hook_slow'
PASSED+='|__dev_queue_xmit|dev_hard_start_xmit|veth_xmit|arp_xmit|arp_rcv|ip_forward'
grep -E "^($PASSED) " "$TOP/kp_funcs.list" |
	cat "$TOP/selftests/e2e/few.list" - >"$TMP/list"

# has_nft: rules that let everything pass, at the hooks of output
has_nft()
{
	type -P nft >/dev/null && on B nft -f - <<-END
		table inet bpfpath {
			chain output {
				type filter hook output priority 0;
				counter accept
			}
			chain postrouting {
				type filter hook postrouting priority 0;
				counter accept
			}
		}
	END
}

# datagram PORT: an IPv4 packet from B to A
datagram()
{
	ip4 17 10.0.0.1 10.0.0.2 "$(udp 7 "$1" 0102)"
}

# makes PORT LAST TARGET: B makes one packet of each kind; LAST is that of the
# address that it looks for by ARP; TARGET pings, for an echo reply
makes()
{
	udp_from B 10.0.0.2 "$1" hello
	connect_from B 10.0.0.2 "$1"
	connect_from B fd00::2 "$1"
	"${@:3}"
	datagram "$1" | inject B ip
	frame "$mac_a" "$mac_b" 0800 "$(datagram "$1")" | inject B frame veth-b
	udp_from B "10.0.0.$2" 7 hello
}

# answered, and asked: an echo reply is made at B, or comes there
answered()
{
	ping_ttl A 64 10.0.0.1
}

asked()
{
	ping_ttl B 64 10.0.0.2
}

makes_twice()
{
	makes 8 8 asked
	makes 9 9 answered
}

# made NAME OPTIONS...: a trace of what B makes, one of each kind
made()
{
	ip -n "$NS_B" neigh del 10.0.0.9 dev veth-b 2>/dev/null
	trace_both "$1" makes_twice -f "$TMP/list" -N "$NS_B" -i veth-b \
		-d out -c 7 "${@:2}" "$MADE"
	is "$STATUS" 0 "$1: exit status"
	is "$(selected "$1" func)" "$(times 7 "$(made_at "$@")")" \
		"$1: selected where they are made"
	is "$(selected "$1" ifname | tr ' ' '\n' | sort -u)" veth-b \
		"$1: by the device that they are to leave by"
	is "$(json "$1" 'map(select(.events | length == 0)) | length')" 0 \
		"$1: each has a path"
}

# went_by NUMBER FUNC...: the packet of that kind has passed these in this order
went_by()
{
	local what="made: ${KINDS_MADE[$1 - 1]}: ${*:2}"

	if has_kprobes; then
		ok "$what" passes made "$@"
	else
		skip "$what" "no kprobes on $(uname -r)"
	fi
}

nft=
! has_nft || nft=nf_hook_slow
made made
v4=("$nft" ip_output "$nft" ip_finish_output2)
[ "$nft" ] || v4=(ip_output ip_finish_output2)
sent=(__dev_queue_xmit dev_hard_start_xmit veth_xmit)
went_by 1 __ip_local_out "${v4[@]}" "${sent[@]}"
went_by 2 __ip_local_out "${v4[@]}" "${sent[@]}" tcp_v4_rcv
went_by 3 ${nft:+"$nft"} ip6_finish_output2 "${sent[@]}" tcp_v6_rcv
went_by 4 __ip_local_out "${v4[@]}" "${sent[@]}" icmp_rcv
went_by 5 ${nft:+"$nft"} ip_output "${sent[@]}" udp_rcv
went_by 6 "${sent[@]}" udp_rcv
went_by 7 arp_xmit "${sent[@]}" arp_rcv
if [ "$nft" ]; then
	on B nft delete table inet bpfpath
else
	diag "no nft here: nothing at the netfilter hooks"
fi

in_guest || made by-tracepoint -a tracepoint

# ---------------------------------------------------------------- both

# Two are forwarded, one that matches as it comes, and one as it leaves, when its TTL
# has become one less; then one forwarded, one at lo, one made here and sent. What
# comes first matches nowhere.
send_both()
{
	ping_ttl A 79 "$BEYOND" -W 0.2
	ping_ttl A 77 "$BEYOND" -W 0.2
	ping_ttl A 67 "$BEYOND" -W 0.2
	ping_ttl A 177 "$BEYOND" -W 0.2
	ping_ttl B 177 127.0.0.1
	ping_ttl B 177 10.0.0.2
}

# both NAME OPTIONS...: nothing is selected twice
both()
{
	start_trace "$1" -f "$TMP/list" -N "$NS_B" -i any -d both -c 0 -o json \
		-W "$TMP/$1.records" "${@:2}" 'icmp[icmptype] = icmp-echo and
		(ip[8] = 77 or ip[8] = 66 or ip[8] = 177 or ip[8] = 176)'
	send_both
	wait_for "$PATIENCE" has_lines "$1" 5 || diag "$1: not all are shown"
	kill -INT "$PID"
	end_trace "$1"
	is "$STATUS" 0 "$1: exit status"
	is "$(selected "$1" func)" \
		"ingress egress ingress $(times 2 "$(made_at "$@")")" \
		"$1: each packet once"
	is "$(selected "$1" ifname)" "veth-b forward-b veth-b lo veth-b" \
		"$1: where"
}

both both
if has_kprobes; then
	ok "forwarded: to the other device's driver" passes both 1 \
		ip_rcv ip_forward ip_output __dev_queue_xmit veth_xmit
else
	skip "forwarded: to the other device's driver" \
		"no kprobes on $(uname -r)"
fi
ok "forwarded: it leaves by the other device" \
	[ "$(json both 'map(select(.packet == 1))[0].events | map(.ifname) |
		index("forward-b") != null')" = true ]
in_guest || both both-by-tracepoint -a tracepoint
no_leftovers "nothing is left"
