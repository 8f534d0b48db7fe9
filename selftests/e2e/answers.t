#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: questions of ARP and neighbour discovery: is an answer made, and why not
# requires: root kprobes cmd:jq tool:inject
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
. "${BASH_SOURCE%/*}/paths.sh"
. "${BASH_SOURCE%/*}/drops.sh"
plan 22

new_lab || exit 1
MAC_B=$(mac_of "$NS_B" veth-b)
MAC=02:00:00:00:00:77	# of whoever asks
ASKS=10.0.0.77
ASKS6=$(hex6 77)
LOCAL=10.0.0.50		# an address of B, on another interface

# who_has ADDRESS
who_has()
{
	frame "$MAC_B" $MAC 0806 "0001080006040001${MAC//:/}$(hex4 $ASKS
		)000000000000$(hex4 "$1")" | inject A frame macvlan-a
}

# solicit LAST: for fd00::LAST, two digits; RFC 4861 wants the hop limit 255
solicit()
{
	local message

	message=$(checked 58 "$ASKS6" "$(hex6 01)" 8700 \
		"00000000$(hex6 "$1")0101${MAC//:/}")
	frame "$MAC_B" $MAC 86dd "$(printf '60000000%04x3aff%s%s%s' \
		$((${#message} / 2)) "$ASKS6" "$(hex6 01)" "$message")" |
		inject A frame macvlan-a
}

ignore()
{
	set_sysctl "net.ipv4.conf.veth-b.arp_ignore=$1"
	who_has "$2"
	set_sysctl net.ipv4.conf.veth-b.arp_ignore=0
}

ask()
{
	who_has 10.0.0.1
	who_has 10.0.0.99
	ignore 1 $LOCAL
	ignore 2 $LOCAL
	ignore 8 10.0.0.1
	who_has $LOCAL
	solicit 01
	solicit 99
}

# said N: of the question N, from 1
said()
{
	json asks "[.[] | select(.answers == null)][$(($1 - 1))].end |
		\"\(.what) \(.unanswered) \(.verdict)\""
}

# means N REGEX WHAT: what that means
means()
{
	like "$(json asks "[.[] | select(.answers == null)][$(($1 - 1))].end.cause")" \
		"$2" "$3"
}

# answered N WHAT: by the next packet
answered()
{
	is "$(json asks "[.[] | select(.answers == null)][$(($1 - 1))] |
		.answered_by - .packet")" 1 "$2: which one"
}

ip -n "$NS_B" addr add $LOCAL/32 dev lo
trace asks ask -- -N "$NS_B" -d both -c 11 -w 60 --bytes 128 -o json \
	"ether host $MAC and (arp or icmp6)"
is "$STATUS" 0 "exit status"
is "$(json asks length)" 11 "8 questions, 3 answers"

is "$(said 1)" "answered by the kernel false null" "ARP: an answer"
answered 1 "ARP: an answer"
is "$(said 2)" "taken by the kernel false no answer was made here" \
	"ARP: not for this host"
means 2 '^the address is none of this host' "ARP: not for this host: why"
for n in 3 4; do
	is "$(said $n)" "taken by the kernel true no answer was made" \
		"ARP: arp_ignore is $((n - 2))"
	means $n '^net\.ipv4\.conf\.veth-b\.arp_ignore, .* is 1, 2 or 3' \
		"ARP: arp_ignore is $((n - 2)): why"
done
is "$(said 5)" "taken by the kernel true no answer was made" "ARP: arp_ignore is 8"
means 5 '^arp_ignore is 8' "ARP: arp_ignore is 8: why"
is "$(said 6)" "answered by the kernel false null" \
	"ARP: an address of another interface"
answered 6 "ARP: an address of another interface"

answered 7 "ND: an answer"
if since 6 3; then
	is "$(said 7)" "answered by the kernel false null" "ND: an answer"
else
	like "$(said 7)" ' false done with in icmpv6_rcv: a neighbour solicitation, to which an answer is made' \
		"ND: an answer"
fi
like "$(said 8)" ' false dropped in [a-z0-9_]*: no answer was made here: the address that it asks for is none of veth-b' \
	"ND: not for this interface"
means 8 'no proxy entry' "ND: not for this interface: why"
is "$(json asks '[.[] | select(.answers != null) | .packet - .answers] | tojson')" \
	'[1,1,1]' "each answer names its question"
like "$(json asks '[.[] | select(.aside != null) | .aside[].func] | unique | tojson')" \
	'arp_xmit.*inet_confirm_addr.*neigh_event_ns' "who has worked for them is shown"
is "$(json asks '[.[] | select(.complete | not)] | length')" 0 "all are complete"
no_leftovers "nothing is left"
