#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: -o pcapng: read back by capinfos and tshark, and who is refused
# requires: cmd:script cmd:od
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 17

GOLDEN=$TOP/selftests/golden

# show FILE [OPTION...]: sets STATUS, and the files out and err
show()
{
	STATUS=0
	"$BPFPATH" -o pcapng "${@:2}" show "$1" >"$TMP/out" 2>"$TMP/err" ||
		STATUS=$?
}

# fields FIELD...: of each packet in the file out, as tshark reads it
fields()
{
	local -a each=()
	local field

	for field; do
		each+=(-e "$field")
	done
	tshark -r "$TMP/out" -T fields -E separator=' ' "${each[@]}" 2>/dev/null
}

show "$GOLDEN/crossing.in"
is "$STATUS" 0 'a path: exit status'
ok 'a path: the file that is expected' cmp "$TMP/out" "$GOLDEN/crossing.pcapng"
is "$(<"$TMP/err")" 'bpfpath: 2 packets selected: 2 complete, nothing lost' \
	'a path: what is said'

if type -P capinfos >/dev/null; then
	info=$(capinfos -M "$TMP/out" 2>/dev/null)
	like "$info" 'File type: *pcapng' 'capinfos: its type'
	like "$info" 'Number of packets: *5' 'capinfos: packets'
	like "$info" 'nanoseconds \(9\)' 'capinfos: of what precision times are'
else
	for what in type packets precision; do
		skip "capinfos: $what" 'no capinfos'
	done
fi
if type -P tshark >/dev/null; then
	is "$(fields frame.time_epoch | sed -n '1p;$p' | paste -sd' ')" \
		'1700001000.000000000 1700001000.000020000' 'tshark: times'
	is "$(fields frame.interface_name ip.dst udp.dstport eth.dst)" \
		'eth0@4026531840 192.0.2.9 53 02:00:00:00:00:02
eth0@4026531840 10.9.0.1 5353 02:00:00:00:00:02
eth1@4026531840 10.9.0.1 5353 02:00:00:00:00:04
eth2@4026531840 10.9.0.1 5353 02:00:00:00:00:05
tuné@4026532500   ' 'tshark: a packet for each crossing, and behind NAT'
	is "$(fields ipv6.dst icmpv6.echo.sequence_number | tail -n 1)" \
		'fd00::2 7' 'tshark: one without a link-layer header'
	is "$(fields frame.len frame.cap_len | sort -u | paste -sd,)" \
		'48 48,90 64' 'tshark: lengths, and how much of them is there'
	like "$(fields frame.comment | sed -n 4p)" \
		'^packet 1\.2 at dev_hard_start_xmit, 8\.500 us.*dropped in __dev_xmit_skb\+0x2b, reason QDISC_DROP' \
		'tshark: a comment'
else
	for what in times crossings raw lengths comment; do
		skip "tshark: $what" 'no tshark'
	done
fi

show "$GOLDEN/drop.in"
is "$STATUS" 1 'records without bytes: exit status'
like "$(<"$TMP/err")" 'the records have no bytes of packets: trace with --bytes' \
	'records without bytes: message'
is "$(wc -c <"$TMP/out")" 0 'records without bytes: nothing is printed'

head -n 1 "$GOLDEN/crossing.in" >"$TMP/none"
show "$TMP/none"
is "$STATUS" 3 'no packet: exit status'

STATUS=0
script -qec "'$BPFPATH' -o pcapng show '$GOLDEN/crossing.in'" /dev/null \
	</dev/null >"$TMP/out" || STATUS=$?
is "$STATUS" 2 'a terminal: exit status'
like "$(<"$TMP/out")" '-o pcapng: is not for a terminal' 'a terminal: message'
