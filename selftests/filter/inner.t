#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# inner.t: expressions for the packet in a tunnel's packet select what libpcap
# selects of the inner packets.

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/compile.sh"

COUNT=${COUNT:-300}	# packets, for each kind of tunnel
EXPRESSIONS=('' ip ip6 tcp 'udp port 53' 'host 10.0.0.1' 'vlan 100' 'arp'
	'net 2001:db8::/32 and not icmp6' 'tcp[tcpflags] & tcp-syn != 0'
	'len > 100' 'ip[2:2] > 60' 'ether dst 02:00:00:00:00:01' 'ip6 protochain 17')

make -s -C "$TOP" build/bpfload build/filter/inner
compile_flags
printf '%s\n' "${EXPRESSIONS[@]}" >"$tmp/expressions"
for i in "${!EXPRESSIONS[@]}"; do
	mkdir "$tmp/$((i + 1))"
	"$TOP/build/bpfload" filter -I "${EXPRESSIONS[i]}" \
		>"$tmp/$((i + 1))/expression.h"
done
# forms OBJECT FLAG...
forms()
{
	seq "${#EXPRESSIONS[@]}" | compile_form "$tmp" "$@"
}
forms '{}.skb.o'
forms '{}.seed.o' -DFILTER_SEED
forms '{}.raw.skb.o' -DFILTER_RAW
forms '{}.raw.seed.o' -DFILTER_SEED -DFILTER_RAW
"$TOP/build/filter/inner" "$tmp" "$COUNT" <"$tmp/expressions"
