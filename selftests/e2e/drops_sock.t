#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: drops by UDP, TCP and sockets, and what is said of them
# requires: root kprobes cmd:jq tool:inject tool:full tool:listener tool:stream tool:pins
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
. "${BASH_SOURCE%/*}/paths.sh"
. "${BASH_SOURCE%/*}/drops.sh"
plan 35

FULL=88		# a port whose socket takes no more
FILTERED=87	# one whose socket has a filter
CLOSED=1099	# one to which a connection was
OPEN=1098	# one to which one is
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

# at_full NAME HOW PORT: a datagram to full.c, when nothing gets into its socket
at_full()
{
	serve B "full-$2" "$TOOLS/full" "$2" "$3" &&
		sent "$1" to_b 0800 "$(v4 17 datagram "$3")"
	mute
}

# to_a PACKET: a frame that B sends
to_a()
{
	frame "$MAC_A" "$MAC_B" 0800 "$1" | inject B frame veth-b
}

# segment FLAGS SRC DST SPORT DPORT
segment()
{
	checked 6 "$2" "$3" "$(printf '%04x%04x000000010000000150%02xffff' \
		"$4" "$5" "$1")" 0000
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

# has_words COMMAND: it says something
has_words()
{
	[ "$("$@")" ]
}

# in_time_wait: the port of a connection that A has closed first
in_time_wait()
{
	on A ss -Htn state time-wait "( dport = :$CLOSED )" |
		sed -nE '1s/.*:([0-9]+) +[^ ]+ *$/\1/p'
}

# A connection to where nothing is traced, and then an ACK once more.
by_time_wait()
{
	local PID port

	serve B closed "$TOOLS/stream" listen $CLOSED &&
		on A "$TOOLS/stream" send $DST $CLOSED 1
	wait_end "$PID"
	wait_for "$PATIENCE" has_words in_time_wait
	port=$(in_time_wait)
	sent time_wait to_a "$(ip4 6 $DST $SRC "$(segment 16 "$(hex4 $DST)" \
		"$(hex4 $SRC)" $CLOSED "$port")")"
}

# established: the port at A's end of a connection to B
established()
{
	on A ss -Htn state established "( dport = :$OPEN )" |
		sed -nE '1s/.*:([0-9]+) +[^ ]+ *$/\1/p'
}

# in_connection NAME COMMAND...: what the command gives, with the ports of a connection
# from A to B behind its other words, goes to B while that is there
in_connection()
{
	local PID client

	serve B open "$TOOLS/stream" listen $OPEN
	# shellcheck disable=SC2016 # the inner shell expands it
	nsenter "--net=/run/netns/$NS_A" -- bash -c \
		'exec 3<>"/dev/tcp/$0/$1" && read -r <&3' $DST $OPEN &
	client=$!
	wait_for "$PATIENCE" has_words established
	sent "$1" to_b 0800 "$(ip4 6 $SRC $DST "$("${@:2}" "$(hex4 $SRC)" \
		"$(hex4 $DST)" "$(established)" $OPEN)")"
	kill "$client"
	wait "$client" 2>/dev/null || true
	wait_end "$PID"
}

# A SYN for a connection that is there.
by_challenge() { in_connection challenge segment 2; }

# late SRC DST SPORT DPORT: a byte of data with the first of all timestamps
late()
{
	checked 6 "$1" "$2" "$(printf '%04x%04x00000001000000018018ffff' \
		"$3" "$4")" 00000101080a000000010000000000
}

# A's timestamps are the time since it was started (2: not from anywhere).
by_paws()
{
	on A sysctl -q -w net.ipv4.tcp_timestamps=2
	in_connection paws late
	on A sysctl -q -w net.ipv4.tcp_timestamps=1
}

# ---------------------------------------------------------------- ICMP

# answer SRC DST: an echo reply for which no ping waits
answer()
{
	local start=00000000 rest=abcd0001

	ip4 1 "$1" "$2" "0000$(sum16 "$start$rest")$rest"
}

by_answer() { sent answer to_b 0800 "$(answer $SRC $DST)"; }

by_answer_raw()
{
	listen B raw
	sent answer_raw to_b 0800 "$(answer $SRC $DST)"
	mute
}

# idle_waits: the socket that reads has said so, and a packet waits in the other
idle_waits()
{
	[ "$(wc -l <"$TMP/listener-raw.out")" -ge 2 ] &&
		[ "$(on B ss -Hwan | awk '$2 > 0')" ]
}

answer_and_close()
{
	to_b 0800 "$(answer $SRC $DST)"
	wait_for "$PATIENCE" idle_waits
	mute
}

# Two raw sockets get a clone each; one is never read.
by_unread()
{
	local reader

	listen B raw
	reader=$LISTENING
	listen B idle
	sent unread answer_and_close
	LISTENING=$reader
	mute
}

# ---------------------------------------------------------------- no answer

by_echo() { sent echo ping4 $DST; }

by_ignored()
{
	set_sysctl net.ipv4.icmp_echo_ignore_all=1
	sent ignored ping4 $DST
	set_sysctl net.ipv4.icmp_echo_ignore_all=0
}

by_accept()
{
	serve B full-accept "$TOOLS/full" accept $FULL &&
		sent accept to_b 0800 "$(v4 6 syn $FULL)"
	mute
}

# meant NAME: what is said of a packet that was consumed
meant()
{
	jq -r "select(.packet == ${PACKET[$1]:-0}) | .end |
		\"\(.what) \(.unanswered) \(.verdict)\"" "$TMP/paths.json"
}

# delivered_of NAME: is its packet a loss, and which of its family are delivered
delivered_of()
{
	jq -r "select(.packet == ${PACKET[$1]:-0}) |
		\"\(.end.loss) \(.family.delivered | join(\",\"))\"" \
		"$TMP/paths.json"
}

trace_drops udp udp6 udp_sum udp_sum6 queue filter tcp tcp6 tcp_sum time_wait \
	challenge paws answer answer_raw unread echo ignored accept

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
dropped time_wait "TCP: an ACK for TIME_WAIT" <<END
	5.10 tcp_v4_rcv - done with in tcp_v4_rcv: its connection is closed here (TIME_WAIT)
	6.1 tcp_v4_rcv NOT_SPECIFIED done with in tcp_v4_rcv: its connection is closed here (TIME_WAIT)
END
if since 6 1; then
	dropped challenge "TCP: a SYN for a connection" <<-END
		6.1 tcp_validate_incoming TCP_INVALID_SYN dropped in tcp_validate_incoming: a SYN for a connection that is there: answered with a challenge ACK (TCP_INVALID_SYN)
	END
else
	is "$(meant challenge)" "null false null" \
		"TCP: a SYN for a connection: __kfree_skb tells no reason"
	skip "TCP: a SYN for a connection: in words" "this kernel has no reasons"
fi
if since 6 1; then
	dropped paws "TCP: a timestamp from before" <<-END
		6.1 tcp_validate_incoming TCP_RFC7323_PAWS dropped in tcp_validate_incoming: its timestamp is older than one that TCP has seen (PAWS): answered with an ACK (TCP_RFC7323_PAWS)
	END
else
	is "$(meant paws)" "null false null" \
		"TCP: a timestamp from before: __kfree_skb tells no reason"
	skip "TCP: a timestamp from before: in words" "this kernel has no reasons"
fi
dropped answer "ICMP: an answer, and no ping" <<END
	5.10 icmp_rcv - dropped in icmp_rcv: an ICMP answer for which no ping socket waits
	6.1 icmp_rcv NO_SOCKET dropped in icmp_rcv: an ICMP answer for which no ping socket waits (NO_SOCKET)
	7.0 ping_rcv NO_SOCKET dropped in ping_rcv: an ICMP answer for which no ping socket waits (NO_SOCKET)
END
dropped answer_raw "ICMP: an answer that a raw socket reads" <<END
	5.10 icmp_rcv - done with in icmp_rcv: a program has got a copy of it by a raw socket
	6.1 icmp_rcv NO_SOCKET done with in icmp_rcv: a program has got a copy of it by a raw socket (NO_SOCKET)
	7.0 ping_rcv NO_SOCKET done with in ping_rcv: a program has got a copy of it by a raw socket (NO_SOCKET)
END
is "$(delivered_of answer_raw)" "false ${PACKET[answer_raw]}.1" "a copy that is delivered makes it no loss"
reason=
since 6 3 && reason=' (QUEUE_PURGE)'
is "$(tail -n 1 <<<"${WORDS[${PACKET[unread]:-0}]}")" \
	"done with in inet_sock_destruct: another socket's copy was read; this one waited until its socket closed$reason" \
	"a clone in a socket that nobody reads"
like "$(delivered_of unread)" "^false ${PACKET[unread]}\.[12]\$" \
	"it makes no loss, as another clone is delivered"
is "$(meant echo)" "answered by the kernel false null" \
	"an echo request with a reply"
is "$(meant ignored)" "given up true no answer was made" \
	"an echo request that is ignored"
if since 5 11; then
	is "$(meant accept)" "given up true no SYN-ACK was made" \
		"a SYN for a full accept queue"
else
	skip "a SYN for a full accept queue" \
		"before 5.11 the function that makes the SYN-ACK does not know the SYN"
fi
all_whole
