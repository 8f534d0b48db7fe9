#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: bpfload filter: what it refuses, and why
. "${BASH_SOURCE%/*}/../lib.sh"
plan 32

BPFLOAD=$TOP/build/bpfload
USAGE="usage: bpfload filter [-I INNER] [-m MARK[/MASK]] [-u UID] [-p PID] \
[-c COMM] [-e EXPRESSION | PROTOCOL ADDRESS]"

# filter ARG...: sets STATUS, out and err
filter()
{
	STATUS=0
	"$BPFLOAD" filter "$@" >"$TMP/out" 2>"$TMP/err" || STATUS=$?
	out=$(<"$TMP/out")
	err=$(<"$TMP/err")
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

refuses "$USAGE"
refuses "$USAGE" icmp
refuses "$USAGE" -e ip icmp 10.0.0.1
refuses "unknown protocol 'x'" x 10.0.0.1
refuses "'x' is no IPv4 or IPv6 address" icmp x
refuses "'::1' is an IPv6 address, icmp needs one of IPv4" icmp ::1

for mark in x '' 1x -1 0x 1/ 1/x 4294967296 1/4294967296; do
	refuses "mark '$mark': must be MARK or MARK/MASK, numbers of 32 bits" \
		-m "$mark"
done
refuses "mark '3/1': it can never match: the mask has not all bits of the mark" \
	-m 3/1
for user in root -1 4294967295 1x; do
	refuses "user '$user': must be a number from 0 to 4294967294" -u "$user"
done
for process in 0 x 4194305; do
	refuses "process '$process': must be a number from 1 to 4194304" \
		-p "$process"
done
for name in '' 1234567890123456; do
	refuses "command '$name': must have 1 to 15 bytes, as in /proc/PID/comm" \
		-c "$name"
done

# What libpcap says is the same in none of its versions.
filter -e 'ip and'
like "$STATUS|$err|$out" "^2\|bpfpath: filter 'ip and': .*syntax error\|$" \
	"an expression that is none"
filter -e ip -I 'ip and'
like "$STATUS|$err|$out" \
	"^2\|bpfpath: inner filter 'ip and': .*syntax error\|$" \
	"an inner expression that is none"
filter -e 'ip and arp'
like "$STATUS|$err|$out" \
	"^2\|bpfpath: filter 'ip and arp': it can never match \(.*\)\|$" \
	"an expression that can never match"

filter -e 'vlan 7'
like "$out" $'#define HAVE_ETHER 1\n.*/\* raw: [^\n]*VLAN' \
	"vlan: for Ethernet only, and why"
filter -e 'ip and /*x*/'
is "$STATUS" 2 "a comment is no expression"
takes -m 0xff/0xff -u 0 -p 1 -c 'a"\*/'
takes -I tcp
