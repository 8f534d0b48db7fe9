#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: what conntrack takes a packet for stands at its steps
# requires: root kprobes cmd:jq cmd:nft tool:inject
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
plan 12

new_lab || exit 1

on B nft -f - <<END || exit 1
table ip t {
	chain raw {
		type filter hook prerouting priority -300
		udp dport 9 notrack
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

# a segment of a connection that nobody has: ports 7 and 8, ACK alone
stray()
{
	local rest=000700080000000100000001
	local tail=50101000
	local start=0a0000020a00000100060014

	rest="$rest$tail$(sum16 "$start$rest${tail}0000")0000"
	frame "$(mac_of "$NS_B" veth-b)" "$(mac_of "$NS_A" macvlan-a)" 0800 \
		"$(ip4 6 10.0.0.2 10.0.0.1 "$rest")" |
		inject A frame macvlan-a
}

packets()
{
	ping_peer 10.0.0.1
	stray
	send_udp 10.0.0.1 9
	send_udp 10.0.0.1 8
	on B bash -c 'echo hello >/dev/udp/10.0.0.2/7'
}

trace ct packets -- -q -c 7 -o records -w 60 -N "$NS_B" -d both \
	'(icmp[0] == 8 or icmp[0] == 0) or tcp port 8 or udp'

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
"$BPFPATH" show "$TMP/ct.out" >"$TMP/text.out" 2>/dev/null
like "$(<"$TMP/text.out")" $'\n +\\[conntrack: new\\]\n' "text: where it is known first"
like "$(<"$TMP/text.out")" $'\n +\\[conntrack: new,dnat\\]\n' "text: where it changes"
like "$("$BPFPATH" -C ct show "$TMP/ct.out" 2>/dev/null)" \
	$'\n  invalid +ip_local_deliver\n' "text: a column of its own"
