#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: each event has the process, the addresses and the module of its point
# requires: root cmd:nft cmd:ping tool:inject tool:second
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
plan 19

NATTED=10.0.0.9		# B makes it its own address and another port

# values NAME PACKET COLUMN...: of that packet's records in their order, each value
# once in a row
values()
{
	awk -v packet="$2" -v wanted="${*:3}" "$AWK_COLUMNS"'
		BEGIN { count = split(wanted, names, " ") }
		/^#/ || $at["packet"] != packet { next }
		{
			line = $at[names[1]]
			for (i = 2; i <= count; i++)
				line = line " " $at[names[i]]
			if (line != last)
				print line
			last = line
		}' "$TMP/$1.out"
}

new_lab || exit 1
{ cat "$TOP/selftests/e2e/few.list"; echo "nf_hook_slow 0"; } >"$TMP/flow.list"
RECORDS=(-f "$TMP/flow.list" -o records -w "$PATIENCE" -N "$NS_A" -d out)
PING='icmp[icmptype] = icmp-echo and ip[8] = 77'

# ---------------------------------------------------------------- the packets

set_neighbours "$NS_A" macvlan-a "$(mac_of "$NS_B" veth-b)" "$NATTED"
on B nft -f - <<-END
	table ip nat {
		chain in {
			type nat hook prerouting priority -100
			ip daddr $NATTED udp dport 99 dnat to 10.0.0.1:98
		}
	}
END
batch A <<<"addr add fd00:7::2/64 dev macvlan-a nodad"
batch B <<<"addr add fd00:7::1/64 dev veth-b nodad"
set_neighbours "$NS_A" macvlan-a "$(mac_of "$NS_B" veth-b)" fd00:7::1

# ping_id: the identifier is a number of which each byte tells
ping_id()
{
	ping_ttl A 77 10.0.0.1 -e 4660
}

asks_for_mac()
{
	batch A <<<"neigh del 10.0.0.1 dev macvlan-a"
	ping_ttl A 78 10.0.0.1
}

# It begins as IPv4 does, and is of the EtherType for experiments.
says_other()
{
	frame "$(mac_of "$NS_B" veth-b)" "$(mac_of "$NS_A" macvlan-a)" 88b5 \
		"45$(printf '%090d' 0)" | inject A frame macvlan-a
}

# A fragment header stands before the transport's.
says_fragments()
{
	# shellcheck disable=SC2016 # the inner shell expands it
	on A bash -c 'printf "%2000d" 1 >/dev/udp/$0/97' fd00:7::1
}

says_all()
{
	udp_from A "$NATTED" 99 x
	on A "$TOOLS/second" 10.0.0.1 96 >"$TMP/second"
	ping_id
	asks_for_mac
	says_other
	says_fragments
}

trace all says_all -- "${RECORDS[@]}" -c 7 "udp dst port 99 or udp dst port 96 or
	($PING) or (arp and arp[6:2] = 1) or ether proto 0x88b5 or ip6[6] = 44"
is "$STATUS" 0 "exit status"

# -------------------------------------------------------------- who, whereto

is "$(values all 1 proto)" udp "nat: protocol"
is "$(values all 1 saddr)" 10.0.0.2 "nat: from"
if has_kprobes; then
	is "$(values all 1 daddr dport | paste -sd,)" \
		"$NATTED 99,10.0.0.1 98" "nat: to, before and after"
	is "$(values all 1 comm | sed -n 1p)" bash "nat: who sends"
	is "$(values all 1 func module | grep '^nf_hook_slow' | sort -u)" \
		'nf_hook_slow vmlinux' "nat: of the kernel"
else
	is "$(values all 1 daddr dport | tail -n 1)" "10.0.0.1 98" "nat: to"
	skip "nat: who sends" "a classifier is not told"
	skip "nat: of the kernel" "no kprobes"
fi
pid=$(values all 1 pid | grep -v '^-$' | sed -n 1p)
ok "nat: its number" test "${pid:-0}" -gt 0
is "$(values all 2 comm pid | grep '^second ' | sort -u)" \
	"second $(<"$TMP/second")" \
	"a thread: its own name and number, not those of its process"

# -------------------------------------------------------------- protocols

is "$(values all 3 proto sport dport)" "icmp - -" "echo: no ports"
is "$(values all 3 icmp)" 8/0/4660/1 \
	"echo: type, code, identifier and sequence number"
is "$(values all 4 proto saddr sport daddr dport icmp)" "- - - - - -" \
	"ARP: has no such addresses"
is "$(values all 5 proto saddr daddr)" "- - -" \
	"another EtherType: has no addresses"
is "$(values all 6 saddr daddr)" "fd00:7::2 fd00:7::1" "IPv6: addresses"
is "$(values all 6 dport)" 97 "IPv6: port behind a fragment header"
is "$(values all 6 proto)" udp "IPv6: protocol behind it"
is "$(values all 7 proto sport dport | sed -n 1p)" "udp - -" \
	"IPv6: a later fragment has no ports"

# -------------------------------------------------------------- other readings

set_neighbours "$NS_A" macvlan-a "$(mac_of "$NS_B" veth-b)" 10.0.0.1
trace map ping_id -- -r map "${RECORDS[@]}" "$PING"
is "$(values map 1 saddr daddr icmp)" "10.0.0.2 10.0.0.1 8/0/4660/1" \
	"map: addresses"
trace pipe ping_id -- -r pipe "${RECORDS[@]}" "$PING"
is "$(values pipe 1 saddr daddr comm)" "- - -" "pipe: has no room"
no_leftovers "nothing is left"
