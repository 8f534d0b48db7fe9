#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# kernels: host
#
# inner.t: expressions for the packet in a tunnel's packet select what libpcap
# selects of the inner packets.

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/tap.sh"

COUNT=${COUNT:-300}	# packets, for each kind of tunnel
EXPRESSIONS=('' ip ip6 tcp 'udp port 53' 'host 10.0.0.1' 'vlan 100' 'arp'
	'net 2001:db8::/32 and not icmp6' 'tcp[tcpflags] & tcp-syn != 0'
	'len > 100' 'ip[2:2] > 60' 'ether dst 02:00:00:00:00:01'
	'ip6 protochain 17' 'protochain 6' 'tcp[2:4] != 0 or udp[4:4] != 0')

build inner
printf '%s\n' "${EXPRESSIONS[@]}" | "$FILTER/inner" "$FILTER" "$COUNT"
