#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# kernels: host
#
# split.t: expressions that are compiled in pieces (loader/filter/split.h) select the same
# packets as libpcap does, which gets them whole; 10,000 hosts, which it cannot do,
# the same as those few of them do that are in packets.

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/tap.sh"

COUNT=${COUNT:-24}	# random expressions
PACKETS=${PACKETS:-1000}

# lists: random lists of 65 to 120 primitives, some in parentheses: names and numbers
# that have the qualifiers of others, and what has qualifiers of its own
lists()
{
	awk -v count="$COUNT" '
	function any(words, list, n) {
		n = split(words, list, ";")
		return list[1 + int(n * rand())]
	}
	function below(end) { return int(end * rand()) }
	function address() {
		if (rand() < 0.9)
			return "172.20." below(256) "." below(256)
		return any("10.0.0.1;10.0.0.2;10.0.0.3;192.168.1.7;10.1.2.3;0.0.0.0")
	}
	function port() {
		return rand() < 0.9 ? 30000 + below(9999) : any("53;80;443;22;1500")
	}
	function address6() {
		return rand() < 0.8 ? sprintf("2001:db8::%x", below(256)) : "fe80::1"
	}
	# with the kind of names that may follow alone in "bare"
	function full(what) {
		what = rand()
		bare = what < .4 ? "address" : what < .6 ? "port" : what < .7 ? "six" : ""
		if (what < .4)
			return any("host;src host;dst host;src or dst host;src and dst host;src;ip host;arp host;dst") " " address()
		if (what < .6)
			return any("port;tcp port;udp dst port;src port;tcp src or dst port") " " port()
		if (what < .7)
			return any("host;ip6 src host;dst host") " " address6()
		return any("(icmp and port " port() ");(tcp && port " port() ");(len>200);" \
			"net 10." below(256) ".0.0/16;ether host 02:00:00:00:0" below(9) ":03;" \
			"tcp[13] & " 2 ^ below(8) " != 0;(ip[0]&15)*4=" 4 * below(9) ";" \
			"not src host " address() ";!(host " address() " or " address() ");" \
			"icmp6;greater 1900;ip multicast;ether broadcast;ip6 proto 44;ip proto 17")
	}
	function member() {
		if (bare == "" || rand() < .15)
			return full()
		return bare == "address" ? address() : bare == "port" ? port() : address6()
	}
	function any_of(n, text, join) {
		join = any(" or ; || ;\tor ")
		bare = ""
		text = full()
		while (--n > 0)
			text = text join member()
		return text
	}
	function all_of(n, text, join) {
		join = any(" and ; && ")
		text = "not (" full() ")"
		while (--n > 0)
			text = text join "not " any("host;src host;dst port;net") " " 172 + below(80)
		return text
	}
	BEGIN {
		srand(7)
		for (i = 0; i < count; i++) {
			size = 65 + below(55)
			kind = i % 7
			if (kind == 0)
				print any("icmp;ip;udp;net 10.0.0.0/8 or tcp") " and (" any_of(size) ")"
			else if (kind == 1)
				print "not (" any_of(size) ")"
			else if (kind == 2)
				print "(" any_of(70) ") or (" any_of(30) ")"
			else if (kind == 3)
				print "tcp or (" any_of(66) ") and udp or " any_of(20)
			else if (kind == 4)
				print all_of(70)
			else
				print any_of(size)
		}
	}'
}

# hosts FIRST MIDDLE LAST: 10,000 hosts, all but these in no packet
hosts()
{
	local -a others=(host\ 172.20.{0..99}.{0..99})

	others[0]="host $1" others[4999]="host $2" others[9999]="host $3"
	printf '%s or ' "${others[@]::9999}"
	printf '%s\n' "${others[9999]}"
}

# many: long ones and short ones that select the same
many()
{
	local none=172.20.1.1 one=10.0.0.1 two=10.0.0.2

	echo "~ host $one ~ $(hosts $one $none $none)"
	echo "~ host $one ~ $(hosts $none $one $none)"
	echo "~ host $one ~ $(hosts $none $none $one)"
	echo "~ host $none ~ $(hosts $none $none $none)"
	echo "~ udp and (host $one or $two) ~ udp and ($(hosts $one $none $two))"
	echo "~ not host $two ~ not ($(hosts $none $two $none))"
	echo "~ not host $one ~ not $(hosts $none $one $none | sed 's/ or / and not /g')"
	echo "~ src host $one ~ src $(hosts $none $none $one | sed 's/ or host / or /g')"
}

build agree
for form in ether l3; do
	{ lists; hosts 10.0.0.1 10.0.0.2 10.0.0.3 | cut -d' ' -f1-899; } |
		"$FILTER/agree" "$FILTER" $form "$PACKETS"
	many | "$FILTER/agree" "$FILTER" $form 300
done | as_one -
