#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: each event has the process, the addresses and the module of its point
# requires: root cmd:nft cmd:ping tool:inject tool:second
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
plan 23

NATTED=10.0.0.9		# B makes it its own address and another port
NOBODY6=fd00:7::9	# behind B

# values NAME COLUMN...: of the records in their order, each value once in a row
values()
{
	awk -F '\t' -v wanted="${*:2}" '
		/^#bpfpath-records-1/ {
			for (i = 1; i <= NF; i++)
				at[$i] = i - 1
			count = split(wanted, names, " ")
		}
		/^#/ { next }
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
RECORDS=(-f "$TMP/flow.list" -o records -w 60)

# -------------------------------------------------------------- who, whereto

says()
{
	udp_from A "$NATTED" 99 x
}

set_neighbours "$NS_A" macvlan-a "$(mac_of "$NS_B" veth-b)" "$NATTED"
on B nft -f - <<-END
	table ip nat {
		chain in {
			type nat hook prerouting priority -100
			ip daddr $NATTED udp dport 99 dnat to 10.0.0.1:98
		}
	}
END
trace nat says -- "${RECORDS[@]}" -N "$NS_A" -d out 'udp dst port 99'
is "$STATUS" 0 "nat: exit status"
is "$(values nat proto | paste -sd' ')" "udp" "nat: protocol"
is "$(values nat saddr | paste -sd' ')" "10.0.0.2" "nat: from"
if has_kprobes; then
	is "$(values nat daddr dport | paste -sd,)" \
		"$NATTED 99,10.0.0.1 98" "nat: to, before and after"
	is "$(values nat comm | head -n 1)" bash "nat: who sends"
	is "$(values nat func module | grep '^nf_hook_slow' | sort -u)" \
		'nf_hook_slow vmlinux' "nat: of the kernel"
else
	is "$(values nat daddr dport | tail -n 1)" "10.0.0.1 98" "nat: to"
	skip "nat: who sends" "a classifier is not told"
	skip "nat: of the kernel" "no kprobes"
fi
pid=$(values nat pid | grep -v '^-$' | head -n 1)
ok "nat: its number" test "${pid:-0}" -gt 0

# -------------------------------------------------------------- threads

second()
{
	on A "$TOOLS/second" 10.0.0.1 96 >"$TMP/second"
}

trace thread second -- "${RECORDS[@]}" -N "$NS_A" -d out 'udp dst port 96'
is "$STATUS" 0 "a thread: exit status"
is "$(values thread comm pid | grep '^second ' | sort -u)" "second $(<"$TMP/second")" \
	"a thread: its own name and number, not those of its process"

# -------------------------------------------------------------- ICMP

pings()
{
	on A ping -c 1 -W 1 10.0.0.1 >&2
}

trace echo pings -- "${RECORDS[@]}" -N "$NS_A" -d out 'icmp[icmptype] = 8'
is "$STATUS" 0 "echo: exit status"
is "$(values echo proto sport dport | sort -u)" "icmp - -" "echo: no ports"
is "$(values echo icmp | sed 's:/[0-9]*/1$:/ID/1:')" "8/0/ID/1" \
	"echo: type, code, and sequence number"

# -------------------------------------------------------------- IPv6

# A fragment header stands before the transport's.
says6()
{
	# shellcheck disable=SC2016 # the inner shell expands it
	on A bash -c 'printf "%2000d" 1 >/dev/udp/$0/97' "$1"
}

batch A <<<"addr add fd00:7::2/64 dev macvlan-a nodad"
batch B <<<"addr add fd00:7::1/64 dev veth-b nodad"
set_neighbours "$NS_A" macvlan-a "$(mac_of "$NS_B" veth-b)" fd00:7::1 "$NOBODY6"
to_b()
{
	says6 fd00:7::1
}
trace six to_b -- "${RECORDS[@]}" -N "$NS_B" -i veth-b -d in 'ip6 and ip6[6] = 44'
is "$STATUS" 0 "IPv6: exit status"
is "$(values six saddr daddr | sort -u)" "fd00:7::2 fd00:7::1" "IPv6: addresses"
is "$(values six dport | sort -u)" 97 "IPv6: port behind a fragment header"
is "$(values six proto | sort -u)" udp "IPv6: protocol behind it"

# -------------------------------------------------------------- no IP

arp()
{
	batch A <<<"neigh del 10.0.0.1 dev macvlan-a"
	on A ping -c 1 -W 1 10.0.0.1 >&2 || true
}

trace arp arp -- "${RECORDS[@]}" -N "$NS_B" -i veth-b -d in arp
is "$STATUS" 0 "ARP: exit status"
is "$(values arp proto saddr sport daddr dport icmp | sort -u)" "- - - - - -" \
	"ARP: has no such addresses"

# It begins as IPv4 does, and is of the EtherType for experiments.
other()
{
	frame "$(mac_of "$NS_B" veth-b)" "$(mac_of "$NS_A" macvlan-a)" 88b5 \
		"45$(printf '%090d' 0)" | inject A frame macvlan-a
}

trace other other -- "${RECORDS[@]}" -N "$NS_B" -i veth-b -d in 'ether proto 0x88b5'
is "$STATUS" 0 "another EtherType: exit status"
is "$(values other proto saddr daddr | sort -u)" "- - -" \
	"another EtherType: has no addresses"

# -------------------------------------------------------------- other readings

trace map pings -- -r map "${RECORDS[@]}" -N "$NS_A" -d out 'icmp[icmptype] = 8'
is "$(values map saddr daddr | sort -u)" "10.0.0.2 10.0.0.1" "map: addresses"
trace pipe pings -- -r pipe "${RECORDS[@]}" -N "$NS_A" -d out 'icmp[icmptype] = 8'
is "$(values pipe saddr daddr comm | sort -u)" "- - -" "pipe: has no room"
no_leftovers "nothing is left"
