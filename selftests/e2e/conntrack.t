#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: what conntrack takes a packet for stands at its steps
# requires: root kprobes cmd:jq cmd:nft tool:inject
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
plan 22

new_lab || exit 1

on B nft -f - <<END || exit 1
table ip t {
	chain raw {
		type filter hook prerouting priority -300
		tcp flags & rst == rst tcp sport 7 drop
		udp dport 9 notrack
		udp dport 8 ct zone set 5
	}
	chain marks {
		type filter hook prerouting priority -150
		udp dport 8 ct mark set 0x10
	}
	chain in {
		type filter hook input priority 0
		ct state new counter
	}
}
table ip n {
	chain pre {
		type nat hook prerouting priority -100
		udp dport 8 dnat to 10.0.0.1:99
	}
	chain post {
		type nat hook postrouting priority 100
		oifname "veth-b" udp dport 7 snat to 10.0.0.1:3333
	}
}
END
on B sysctl -qw net.netfilter.nf_conntrack_tcp_loose=0 || exit 1

# segment DPORT SEQ FLAGS [CHECKSUM]: of TCP from port 7 of A, digits to the base 16
segment()
{
	local rest=0007$1$2$2 tail=50$3
	local start=0a0000020a00000100060014

	rest+=${tail}1000${4:-$(sum16 "$start$rest${tail}10000000")}0000
	frame "$(mac_of "$NS_B" veth-b)" "$(mac_of "$NS_A" macvlan-a)" 0800 \
		"$(ip4 6 10.0.0.2 10.0.0.1 "$rest")" |
		inject A frame macvlan-a
}

# A's port 9010 takes connections, but the end of one that A does not know of is not seen
in_background listen nsenter "--net=/run/netns/$NS_B" -- \
	"$TOOLS/inject" listen 10.0.0.1 9010
listener=$PID

# of no connection; with a wrong checksum; too far on in one that has begun
segments()
{
	segment 0008 00000001 10
	segment 000c 00000001 02 1234
	segment 2332 00000001 02
	segment 2332 70000000 10
}

packets()
{
	ping_peer 10.0.0.1
	segments
	send_udp 10.0.0.1 9
	send_udp 10.0.0.1 8
	on B bash -c 'echo hello >/dev/udp/10.0.0.2/7'
}

trace ct packets -- -q -c 9 -o records -w 60 -N "$NS_B" -d both \
	'(icmp[0] == 8 or icmp[0] == 0) or tcp port 8 or tcp port 12 or
	(tcp dst port 9010 and tcp[13] == 16) or udp'
kill "$listener"

is "$STATUS" 0 "exit status"
"$BPFPATH" -q -o json show "$TMP/ct.out" >"$TMP/json.out"

# states FILTER: of the packets that jq's FILTER takes, what they were one after another
states()
{
	json json "map(select($1)) | map(.events | map(.ct)) | add |
		reduce .[] as \$ct ([]; if .[-1] == \$ct then . else . + [\$ct] end) |
		join(\" \")"
}

# at FUNC FILTER: its states at a function
at()
{
	json json "map(select($2)) | map(.events[] | select(.func == \"$1\") | .ct) |
		unique | join(\" \")"
}

request='.events[0].icmp // "" | startswith("8/")'
reply='.events[0].icmp // "" | startswith("0/")'
tcp='.events[0].proto == "tcp" and .events[0].dport == 8'
to_port='.events[0].proto == "udp" and .events[0].dport =='
is "$(at nf_conntrack_in "$request")" none "before conntrack has looked: no entry"
is "$(at ip_local_deliver "$request")" new "an echo request is new"
is "$(states "$reply")" "none reply none" "its reply is one, until it has left"
is "$(at ip_local_deliver "$tcp")" invalid "a segment of no connection is invalid"
is "$(at nf_conntrack_in "$tcp")" none "... when conntrack has looked"
is "$(at ip_local_deliver "$to_port 9")" untracked "one that is exempt"
is "$(at ip_local_deliver "$to_port 8")" new,dnat "a translated destination"
like "$(states "$to_port 7")" '^none new new,snat' "a translated source"

# entry FUNC FILTER WHAT: what is known of its entry at a function, by jq's WHAT
entry()
{
	json json "map(select($2)) | map(.events[] | select(.func == \"$1\") |
		.ct_entry | $3) | unique | join(\" \")"
}

# both directions of a translated connection
flows='[.original, .reply] |
	map("\(.proto) \(.saddr) > \(.daddr):\(.dport)") | join(", ")'
is "$(entry ip_local_deliver "$to_port 8" '[.zone, .mark, .confirmed] | @csv')" \
	5,16,false "zone and mark of an entry, which is not confirmed yet"
is "$(entry ip_local_deliver "$to_port 8" "$flows")" \
	"udp 10.0.0.2 > 10.0.0.1:8, udp 10.0.0.1 > 10.0.0.2:$(json json \
		"map(select($to_port 8))[0].events[0].sport")" \
	"... and its tuples"
is "$(entry ip_local_deliver "$request" .)" "" "nothing to tell of another"
is "$(entry udp_rcv "$to_port 8" .confirmed)" true "confirmed before UDP has it"
is "$(entry dev_hard_start_xmit "$to_port 7" \
	'[.confirmed, .original.dport, .reply.dport] | @csv')" true,7,3333 \
	"a translated source: confirmed, and its ports"
"$BPFPATH" show "$TMP/ct.out" >"$TMP/text.out" 2>/dev/null
like "$(<"$TMP/text.out")" $'\n +\\[conntrack: new\\]\n' "text: where it is known first"
translated='10\.0\.0\.2:[0-9]+ > 10\.0\.0\.1:8 as 10\.0\.0\.2:[0-9]+ > 10\.0\.0\.1:99'

# why FILTER: why conntrack calls it invalid
why()
{
	json json "map(select($1)) | map(.events[] | select(.ct == \"invalid\") |
		.ct_why // \"\") | unique | join(\" \")"
}

to_tcp='.events[0].proto == "tcp" and .events[0].dport =='
is "$(why "$to_tcp 12")" "bad checksum" "why it is invalid: its checksum"
like "$(why "$to_tcp 9010")" '^SEQ is over .*window of the receiver\)$' \
	"... it is out of its window"
if since 5 11; then
	is "$(why "$tcp")" "no connection begins so" "... it begins no connection"
	like "$(<"$TMP/text.out")" $'\n +\\[conntrack: invalid, no connection begins so\\]\n' \
		"text: why it is invalid"
else
	is "$(why "$tcp")" "" "... of one that begins no connection it is not known"
	like "$(<"$TMP/text.out")" $'\n +\\[conntrack: invalid, bad checksum\\]\n' \
		"text: why it is invalid"
fi
like "$(<"$TMP/text.out")" $'\n +\\[conntrack: new, zone 5\\]\n' "text: the zone"
like "$(<"$TMP/text.out")" \
	$'\n +\\[conntrack: new,dnat, zone 5, mark 0x10, '"$translated"$'\\]\n' \
	"text: where it changes"
like "$("$BPFPATH" -C ct show "$TMP/ct.out" 2>/dev/null)" \
	$'\n  invalid +ip_local_deliver\n' "text: a column of its own"
