#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: --bytes and -o pcapng: the packet's bytes are those on the wire
# requires: root cmd:nft cmd:ping
# kernels: one
# In a guest, only the file: which points a packet's bytes come from is different
# there.
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
if in_guest; then
	plan 13
else
	plan 24
fi

NATTED=10.0.0.9		# B makes it its own address

FIELDS=(frame.interface_name frame.packet_flags_direction frame.time_epoch
	eth.src eth.dst ip.src ip.dst ip.checksum.status icmp.type icmp.seq
	icmp.checksum.status frame.comment)

# read_packets FILE: as tshark reads them, a line each
read_packets()
{
	local -a fields

	mapfile -t fields < <(printf -- '-e\n%s\n' "${FIELDS[@]}")
	tshark -r "$1" -T fields "${fields[@]}" 2>/dev/null >"$TMP/packets"
}

# packets FIELD...: these of what it has read
packets()
{
	awk -F '\t' -v known="${FIELDS[*]}" -v wanted="$*" '
		BEGIN {
			for (i = split(known, names, " "); i; i--)
				at[names[i]] = i
			count = split(wanted, names, " ")
		}
		{
			line = $at[names[1]]
			for (i = 2; i <= count; i++)
				line = line " " $at[names[i]]
			print line
		}' "$TMP/packets"
}

# bytes_of FILE FUNC COLUMN: of its first record with bytes
bytes_of()
{
	awk -v func_="$2" -v column="$3" "$AWK_COLUMNS"'
		/^#/ || $at["bytes"] == "-" || $at["func"] != func_ { next }
		{ print $at[column]; exit }' "$1"
}

# hex FORMAT NUMBER...: hexadecimal digits
hex()
{
	# shellcheck disable=SC2059 # that is what it is for
	printf "$@"
}

new_lab || exit 1
has_tshark=
! type -P tshark >/dev/null || has_tshark=yes

# ------------------------------------------------------------ the records

# the_records: what one packet's bytes are
the_records()
{
	local bytes id seq

	trace ping ping_peer 10.0.0.1 -- --bytes 64 -o records -N "$NS_B" -w 60 \
		icmp 10.0.0.2
	is "$STATUS" 0 "ping: exit status"
	bytes=$(bytes_of "$TMP/ping.out" ingress bytes)
	IFS=/ read -r _ _ id seq <<<"$(bytes_of "$TMP/ping.out" ingress icmp)"
	is "$(bytes_of "$TMP/ping.out" ingress link)" 1 "ping: Ethernet"
	is "${bytes:0:28}" "$(mac_of "$NS_B" veth-b | tr -d :)$(mac_of "$NS_A" macvlan-a |
		tr -d :)0800" "ping: its Ethernet header"
	is "${bytes:52:16}" 0a0000020a000001 "ping: its addresses"
	is "${bytes:68:4}${bytes:76:8}" "$(hex 0800%04x%04x "$id" "$seq")" \
		"ping: its type, identifier and sequence number"
	is "${bytes:128}" +34 "ping: what is left out"
	is "$(records ping step bytes | cut -c 53-68 | sort -u)" 0a0000020a000001 \
		"ping: its addresses at each step"
}

in_guest || the_records

# ------------------------------------------------------------ a file of packets

set_neighbours "$NS_A" macvlan-a "$(mac_of "$NS_B" veth-b)" "$NATTED"
on B nft -f - <<-END
	table ip nat {
		chain in {
			type nat hook prerouting priority -100
			ip daddr $NATTED dnat to 10.0.0.1
		}
	}
END

trace nat ping_peer "$NATTED" -- -o pcapng -W "$TMP/saved" -N "$NS_A" -d out -w 60 \
	'icmp[icmptype] = 8'
is "$STATUS" 0 "nat: exit status"
read -r magic < <(od -A n -N 4 -t x4 --endian=little "$TMP/nat.out")
is "$magic" 0a0d0d0a "nat: a pcapng file"
like "$(cat "$TMP/nat.err")" '1 packet selected: 1 complete' "nat: complete"
"$BPFPATH" -q -o pcapng show "$TMP/saved" >"$TMP/shown"
ok "nat: of saved records the same file" cmp "$TMP/nat.out" "$TMP/shown"
like "$(<"$TMP/saved")" $'\n# realtime: [1-9][0-9]*\n' "nat: the time of day is known"

if [ "$has_tshark" ]; then
	read_packets "$TMP/nat.out"
	is "$(packets frame.interface_name ip.dst |
		grep -v '^veth-a@')" \
		"macvlan-a@$NS_A $NATTED
veth-b@$NS_B $NATTED
veth-b@$NS_B 10.0.0.1" "nat: out of A, into B, and behind NAT"
	is "$(packets icmp.type ip.src icmp.seq | sort -u)" \
		"8 10.0.0.2 1" "nat: the same request"
	is "$(packets eth.src eth.dst | sort -u)" \
		"$(mac_of "$NS_A" macvlan-a) $(mac_of "$NS_B" veth-b)" \
		"nat: Ethernet headers"
	is "$(packets frame.packet_flags_direction |
		sed -n '1p;$p' | paste -sd' ')" "0x00000002 0x00000001" \
		"nat: out, then in"
	is "$(packets icmp.checksum.status ip.checksum.status |
		sort -u)" "1 2" "nat: checksums of ICMP are right"
	like "$(packets frame.comment | tail -n 1)" \
		'freed by' "nat: the last one's comment tells the end"
	now=$(date +%s)
	read -r when < <(packets frame.time_epoch)
	ok "nat: the time of day" test $((now - ${when%.*})) -lt 600
else
	for what in crossings request headers direction checksum comment time; do
		skip "nat: $what" "no tshark"
	done
fi

# ------------------------------------------------------------ who cannot

if in_guest; then
	no_leftovers "nothing is left"
	exit
fi
STATUS=0
"$BPFPATH" -r map -o pcapng -N "$NS_B" icmp >"$TMP/out" 2>"$TMP/err" ||
	STATUS=$?
is "$STATUS" 4 "-r map: exit status"
like "$(<"$TMP/err")" 'need -r ring' "-r map: message"
trace bare ping_peer 10.0.0.1 -- -o records -N "$NS_B" -w 60 "${FEW[@]}" \
	icmp 10.0.0.2
is "$(records bare step bytes | sort -u)" - "not asked for: no bytes"
STATUS=0
"$BPFPATH" -o pcapng show "$TMP/bare.out" >"$TMP/out" 2>"$TMP/err" || STATUS=$?
is "$STATUS" 1 "records without bytes: exit status"

no_leftovers "nothing is left"
