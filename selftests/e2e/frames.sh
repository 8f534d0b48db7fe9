# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# frames.sh: frames from A to B that differ in what expressions ask for, sourced
# by test files after labs.sh, when there is a lab.

SIX_A=fd000000000000000000000000000002
SIX_B=fd000000000000000000000000000001
HOP_BY_HOP=1100010400000000	# a header with padding alone, before UDP

mac_a=$(mac_of "$NS_A" macvlan-a)
mac_b=$(mac_of "$NS_B" veth-b)

# udp4 PAYLOAD_BYTES [PORT]: a datagram from A to B
udp4()
{
	ip4 17 10.0.0.2 10.0.0.1 "$(udp 7 "${2:-9}" "$(zeros "$1")")"
}

# to_b TYPE PAYLOAD
to_b()
{
	frame "$mac_b" "$mac_a" "$1" "$2"
}

# half OFFSET MORE: a fragment of a datagram to port 9, 24 bytes long
half()
{
	local all

	all=$(udp 7 9 "$(zeros 40)")
	to_b 0800 "$(ip4 17 10.0.0.2 10.0.0.1 "${all:$1 * 2:48}" 64 \
		$(($1 / 8 | $2)))"
}

# All frames, each of another length; those that match nothing stand first.
frames_in()
{
	to_b 8100 "00650800$(udp4 2)"
	to_b 8100 "00640800$(udp4 4 8)"
	to_b 88a8 "006481000065""0800$(udp4 6)"
	to_b 86dd "$(ip6 17 $SIX_A $SIX_B "$(udp 7 9 "$(zeros 8)")")"
	to_b 86dd "$(ip6 0 $SIX_A $SIX_B "3a${HOP_BY_HOP:2}$(zeros 10)")"
	to_b 0800 "$(ip4 1 10.0.0.2 10.0.0.1 "$(echo_request "$(zeros 12)")")"
	half 0 0x2000
	to_b 8100 "00640800$(udp4 30)"
	to_b 88a8 "006481000""0c80800$(udp4 40)"
	to_b 86dd "$(ip6 0 $SIX_A $SIX_B "$HOP_BY_HOP$(udp 7 9 "$(zeros 50)")")"
	half 24 0
	to_b 0800 "$(ip4 1 10.0.0.2 10.0.0.1 "$(echo_request "$(zeros 300)")")"
}
