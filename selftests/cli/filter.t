#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: bpfload filter: what it refuses, and why
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 46

BPFLOAD=$TOP/build/bpfload
# filter ARG...: sets STATUS, out and err
filter()
{
	capture "$BPFLOAD" filter "$@"
}

# refuses MESSAGE ARG...
refuses()
{
	filter "${@:2}"
	is "$STATUS|${err#bpfpath: }|$out" "2|$1|" "bpfload filter ${*:2}"
}

# takes ARG...
takes()
{
	filter "$@"
	is "$STATUS|$err" "0|" "bpfload filter $*"
}

filter
USAGE=${err#bpfpath: }
like "$STATUS|$USAGE" "^2\|usage: bpfload filter " "bpfload filter: usage"
refuses "$USAGE" icmp
refuses "$USAGE" --expression ip icmp 10.0.0.1
refuses "unknown protocol 'x'" x 10.0.0.1
refuses "'x' is no IPv4 or IPv6 address" icmp x
refuses "'::1' is an IPv6 address, icmp needs one of IPv4" icmp ::1

for mark in x '' 1x -1 0x 1/ 1/x 4294967296 1/4294967296; do
	refuses "mark '$mark': must be MARK or MARK/MASK, numbers of 32 bits" \
		--mark "$mark"
done
refuses "mark '3/1': it can never match: the mask has not all bits of the mark" \
	--mark 3/1
for user in root -1 4294967295 1x; do
	refuses "user '$user': must be a number from 0 to 4294967294" --uid "$user"
done
for process in 0 x 4194305; do
	refuses "process '$process': must be a number from 1 to 4194304" \
		--pid "$process"
done
for name in '' 1234567890123456; do
	refuses "command '$name': must have 1 to 15 bytes, as in /proc/PID/comm" \
		--comm "$name"
done

# What libpcap says is the same in none of its versions.
filter --expression 'ip and'
like "$STATUS|$err|$out" "^2\|bpfpath: filter 'ip and': .*syntax error\|$" \
	"an expression that is none"
filter --expression ip --inner 'ip and'
like "$STATUS|$err|$out" \
	"^2\|bpfpath: inner filter 'ip and': .*syntax error\|$" \
	"an inner expression that is none"
filter --expression 'ip and arp'
like "$STATUS|$err|$out" \
	"^2\|bpfpath: filter 'ip and arp': it can never match \(.*\)\|$" \
	"an expression that can never match"

filter --expression 'vlan 7'
like "$out" $'\nform\tl3\t[^\n]*VLAN.*\ninsn\tfilter_ether\t' \
	"vlan: for Ethernet only, and why"
filter --expression 'ip and /*x*/'
is "$STATUS" 2 "a comment is no expression"
takes --mark 0xff/0xff --uid 0 --pid 1 --comm 'a"\*/'
takes --inner tcp
filter udp 2001:db8::1
is "$("$BPFLOAD" filter --expression 'ip6 and udp and src host 2001:db8::1')" "$out" \
	"the short form is an expression"

# from_stdin WHAT TEXT WANT: what stdin holds, which no argument could; WANT is
# "STATUS|MESSAGE"
from_stdin()
{
	filter --expression - <<<"$2"
	like "$STATUS|$err" "$3" "$1"
}

from_stdin "standard input" ip '^0\|$'
long=$(printf 'ip%200000sand tcp' '')
from_stdin "200000 bytes" "$long" '^0\|$'
terms=$(seq -f 'ip[0:4] = %.0f' -s ' or ' 5000)
from_stdin "more instructions than a program may have" "vlan and ($terms)" \
	"^2\|bpfpath: filter 'vlan and \(ip\[0:4\] = 1 or [^']{,100} …': too large: [0-9]+ instructions of classic BPF, a program has 4096 at most$"
from_stdin "5000 comparisons" "$terms" '^0\|$'
hosts=$(printf ' or host 10.1.%s' {0..99}.{0..99})
from_stdin "10000 hosts" "${hosts# or }" '^0\|$'
from_stdin "10000 hosts behind a protocol" "icmp and (${hosts# or })" '^0\|$'
from_stdin "10000 hosts none of which is it" "not (${hosts# or })" '^0\|$'
from_stdin "one of them is none" "${hosts# or } or host 10.2.0.256$hosts" \
	"^2\|bpfpath: filter 'host 10.1.0.0 or [^']{,100} …': .*, in 'host 10.2.0.256'$"
from_stdin "one that has the qualifiers of others" \
	"port 1$(printf ' or %s' {2..99} 65536 {100..200})" \
	"^2\|bpfpath: filter 'port 1 or [^']{,100} …': .*, in 'port 65536'$"
from_stdin "an operator too many" "${hosts# or } or" \
	"^2\|bpfpath: filter 'host 10.1.0.0 or [^']{,100} …': .*syntax error, in 'host [^']*'$"
from_stdin "a parenthesis too many" "${hosts# or })" \
	"^2\|bpfpath: filter 'host 10.1.0.0 or [^']{,100} …': .*"
from_stdin "a word that is none" "tcp or no-such-word$hosts" \
	"^2\|bpfpath: filter 'tcp or no-such-word or [^']{,100} …': .*"
# What "ip" says of tunnels; an alias may be any text
ip_says()
{
	case $1 in
	*vxlan) cat <<-'END' ;;
		7: vx0: <BROADCAST> mtu 1450 qdisc noop state DOWN mode DEFAULT
		    link/ether 1a:2b:3c:4d:5e:6f brd ff:ff:ff:ff:ff:ff promiscuity 0
		    vxlan id 9 srcport 0 0 dstport 8500 ttl auto ageing 300 udpcsum
		    alias dstport 1111
		8: vx1: <BROADCAST> mtu 1450 qdisc noop state DOWN mode DEFAULT
		    vxlan external id 0 srcport 32768 61000 dstport 4790 ttl auto
		END
	*geneve) echo '    geneve id 5 remote 10.0.0.1 ttl auto dstport 6090 udpcsum' ;;
	*'fou show') printf '%s\n' 'port 5555 ipproto 4 ' 'port 5556 gue ' \
		'port 5557 gue -6 local fd00::1' ;;
	esac
}

# tunnel_ports: what filter_ports() makes of it
tunnel_ports()
(
	. "$TOP/scripts/filter.sh"
	ns() { ip_says "$*"; }
	NETNS_PATHS=('')
	inner=icmp
	entries=()
	filter_ports
	echo "${entries[*]}"
)

is "$(tunnel_ports)" "--map-entry tunnel_ports:4790=1 --map-entry tunnel_ports:8500=1 \
--map-entry tunnel_ports:6090=2 --map-entry tunnel_ports:5556=3 --map-entry tunnel_ports:5557=3" \
	"ports of tunnels: those that packets go to, none of plain FOU"
