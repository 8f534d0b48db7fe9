#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: drops by UDP, TCP and sockets, and what is said of them
# requires: root kprobes cmd:jq tool:inject tool:full
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/kin.sh"
. "${BASH_SOURCE%/*}/ways.sh"
. "${BASH_SOURCE%/*}/drops.sh"
plan 21

FULL=98		# a port whose socket takes no more
FILTERED=97	# one whose socket has a filter
SRC=10.0.0.2
DST=10.0.0.1
SRC6=$(hex6 02)
DST6=$(hex6 01)

new_lab || exit 1
MAC_A=$(mac_of "$NS_A" macvlan-a)
MAC_B=$(mac_of "$NS_B" veth-b)

# v4 PROTOCOL FUNCTION PORT: datagram or syn
v4()
{
	ip4 "$1" $SRC $DST "$("$2" "$(hex4 $SRC)" "$(hex4 $DST)" "$3")"
}

v6()
{
	ip6 "$1" "$SRC6" "$DST6" "$("$2" "$SRC6" "$DST6" "$3")"
}

# at_full WAY HOW PORT: a datagram to full.c, when nothing gets into its socket
at_full()
{
	in_background "full-$2" nsenter "--net=/run/netns/$NS_B" -- \
		"$TOOLS/full" "$2" "$3"
	LISTENING=$PID
	wait_for "$PATIENCE" test -s "$TMP/full-$2.out" &&
		sent "$1" to_b 0800 "$(v4 17 datagram "$3")"
	mute
}

# ---------------------------------------------------------------- UDP

by_udp() { sent udp to_b 0800 "$(v4 17 datagram $PORT)"; }

by_udp6() { sent udp6 to_b 86dd "$(v6 17 datagram $PORT)"; }

by_udp_sum()
{
	sent udp_sum to_b 0800 "$(damaged "$(v4 17 datagram $PORT)" 26)"
}

by_udp_sum6()
{
	sent udp_sum6 to_b 86dd "$(damaged "$(v6 17 datagram $PORT)" 46)"
}

by_queue() { at_full queue queue $FULL; }

by_filter() { at_full filter filter $FILTERED; }

# ---------------------------------------------------------------- TCP

by_tcp() { sent tcp to_b 0800 "$(v4 6 syn $PORT)"; }

by_tcp6() { sent tcp6 to_b 86dd "$(v6 6 syn $PORT)"; }

by_tcp_sum()
{
	sent tcp_sum to_b 0800 "$(damaged "$(v4 6 syn $PORT)" 36)"
}

trace_drops "$NS_A" -i macvlan-a -d out \
	"ip[4:2] = $ID or (ip6 and ip6[40:2] = $SPORT)" -- \
	udp udp6 udp_sum udp_sum6 queue filter tcp tcp6 tcp_sum

dropped udp "UDP: no socket" <<END
	5.10 __udp4_lib_rcv - dropped in __udp4_lib_rcv: no socket: nobody listens on its port
	6.1 __udp4_lib_rcv NO_SOCKET dropped in __udp4_lib_rcv: no socket: nobody listens on its port (NO_SOCKET)
	7.0 udp_rcv NO_SOCKET dropped in udp_rcv: no socket: nobody listens on its port (NO_SOCKET)
END
dropped udp6 "UDP, IPv6: no socket" <<END
	5.10 __udp6_lib_rcv - dropped in __udp6_lib_rcv: no socket: nobody listens on its port
	6.1 __udp6_lib_rcv NO_SOCKET dropped in __udp6_lib_rcv: no socket: nobody listens on its port (NO_SOCKET)
	7.0 udpv6_rcv NO_SOCKET dropped in udpv6_rcv: no socket: nobody listens on its port (NO_SOCKET)
END
dropped udp_sum "UDP: bad checksum" <<END
	5.10 __udp4_lib_rcv - dropped in __udp4_lib_rcv: its checksum is wrong, or no socket
	6.1 __udp4_lib_rcv UDP_CSUM dropped in __udp4_lib_rcv: its checksum is wrong (UDP_CSUM)
	7.0 udp_rcv UDP_CSUM dropped in udp_rcv: its checksum is wrong (UDP_CSUM)
END
dropped udp_sum6 "UDP, IPv6: bad checksum" <<END
	5.10 __udp6_lib_rcv - dropped in __udp6_lib_rcv: its checksum is wrong, or no socket
	6.1 __udp6_lib_rcv UDP_CSUM dropped in __udp6_lib_rcv: its checksum is wrong (UDP_CSUM)
	7.0 udpv6_rcv UDP_CSUM dropped in udpv6_rcv: its checksum is wrong (UDP_CSUM)
END
dropped queue "UDP: full receive queue" <<END
	5.10 udp_queue_rcv_one_skb - dropped in udp_queue_rcv_one_skb: the receive queue of the socket is full
	6.1 udp_queue_rcv_one_skb SOCKET_RCVBUFF dropped in udp_queue_rcv_one_skb: the receive queue of the socket is full (SOCKET_RCVBUFF)
END
dropped filter "UDP: a filter of the socket" <<END
	5.10 udp_queue_rcv_one_skb - dropped in udp_queue_rcv_one_skb: a filter of the socket, an IPsec policy, or its checksum is wrong
	6.1 udp_queue_rcv_one_skb SOCKET_FILTER dropped by a filter of the socket (SOCKET_FILTER)
END
dropped tcp "TCP: no socket" <<END
	5.10 tcp_v4_rcv - dropped in tcp_v4_rcv: no socket: nobody listens on its port
	6.1 tcp_v4_rcv NO_SOCKET dropped in tcp_v4_rcv: no socket: nobody listens on its port (NO_SOCKET)
END
dropped tcp6 "TCP, IPv6: no socket" <<END
	5.10 tcp_v6_rcv - dropped in tcp_v6_rcv: no socket: nobody listens on its port
	6.1 tcp_v6_rcv NO_SOCKET dropped in tcp_v6_rcv: no socket: nobody listens on its port (NO_SOCKET)
END
dropped tcp_sum "TCP: bad checksum" <<END
	5.10 tcp_v4_rcv - dropped in tcp_v4_rcv: its checksum is wrong, or a filter or IPsec policy of the socket
	6.1 tcp_v4_rcv TCP_CSUM dropped in tcp_v4_rcv: its checksum is wrong (TCP_CSUM)
END
all_whole
