#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: -C +rules: what all rules say that a packet meets, not only the one that drops
# kernels: ends
# requires: root kprobes cmd:jq cmd:nft tool:inject
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
plan 15

new_lab || exit 1
NO_BTF='before 5.11 modules have no BTF: how their functions return is not seen'

on B nft -f - <<END || exit 1
table ip t {
	map way {
		type inet_service : verdict
		elements = { 8 : jump deep, 9 : accept, 10 : goto last }
	}
	chain deep {
		udp sport 1 drop
		meta mark 0 return
	}
	chain last {
		udp dport 10 accept comment "for ten"
	}
	chain pre {
		type filter hook prerouting priority -1; policy accept;
		meta mark 7 drop
		meta mark 0 jump deep
	}
	chain in {
		type filter hook input priority 0; policy drop;
		ip protocol udp udp dport vmap @way
		udp dport 8 accept
	}
	chain nat {
		type nat hook input priority 100
		udp dport 8 snat to 10.0.0.77
	}
}
END

# legacy RULE...: of iptables-legacy, whose way ends with a verdict of its own
legacy()
{
	on B iptables-legacy "$@" || LEGACY=
}
LEGACY=yes
legacy -t mangle -N user
legacy -t mangle -A user -p icmp -j ACCEPT
legacy -t mangle -A user -p udp
legacy -t mangle -A user -p udp -j MARK --set-mark 0
legacy -t mangle -A user -m comment --comment ours -j RETURN
legacy -t mangle -A PREROUTING -p tcp -j DROP
legacy -t mangle -A PREROUTING -p udp -j user

packets()
{
	send_udp 10.0.0.1 8
	send_udp 10.0.0.1 9
	send_udp 10.0.0.1 10
	send_udp 10.0.0.1 11
}

trace way packets -- -C +rules -c 4 -o records -w 60 -N "$NS_B" -d in \
	'udp and dst portrange 8-11'
is "$STATUS" 0 "exit status"
unlike "$(<"$TMP/way.err")" "kernel refuses" "the kernel refuses no program"
"$BPFPATH" -q -o json show "$TMP/way.out" >"$TMP/json.out"

# way PORT [TABLE]: what rules of a table said of the packet to that port, a line each,
# without handles
way()
{
	json json "map(select(.events[0].dport == $1))[0].rules // [] | map(.rule) |
		map(select(startswith(\"ip ${2:-t} \"))) | join(\"\n\")" |
		sed 's/ handle [0-9]*//'
}

pre='ip t pre rule 2 hook prerouting jump deep
ip t deep rule 2 hook prerouting return'
policy=$'\nip t pre policy hook prerouting accept\nip t in policy hook input drop'

if since 5 11; then
	is "$(way 8)" "$pre$policy
ip t in rule 1 hook input jump deep
ip t deep rule 2 hook input return
ip t in rule 2 hook input accept
ip t nat hook input accept" "jump, return, policy, a verdict of a map, translation"
	is "$(way 9)" "$pre$policy
ip t in rule 1 hook input accept
ip t nat hook input accept" "a map accepts"
	is "$(way 10)" "$pre$policy
ip t in rule 1 hook input goto last
ip t last rule 1 hook input accept comment for ten
ip t nat hook input accept" "goto, and the comment of a rule"
	is "$(way 11)" "$pre$policy" "the policy drops"
else
	for port in 8 9 10 11; do
		like "$(way "$port")" "^$pre" "to $port: jump and return"
	done
fi
is "$(json json 'map(select(.events[0].dport == 11))[0].end.how')" dropped "... it is dropped"
is "$(json json 'map(select(.events[0].dport == 10))[0].end.rule')" null \
	"no rule is named where none drops"

handle=$(on B nft -a list chain ip t pre | sed -n 's/.*jump deep # handle //p')
like "$(json json 'map(select(.events[0].dport == 8))[0].rules | map(.rule) | join("\n")')" \
	"ip t pre rule 2 handle $handle hook prerouting jump deep" "the handle is that of nft(8)"

# text of the packet to port 8
"$BPFPATH" -C +rules show "$TMP/way.out" >"$TMP/text.out" 2>/dev/null
like "$(<"$TMP/text.out")" \
	$'\n +\\[netfilter: table ip t chain pre rule 2 handle [0-9]+, hook prerouting: jump deep\\]\n' \
	"text: between the steps"
unlike "$("$BPFPATH" show "$TMP/way.out" 2>/dev/null)" 'netfilter: table ip t chain pre' \
	"... only where it is asked for"
verdict="$(sed -n 's/^  dropped by //p' "$TMP/text.out")"
if since 5 11; then
	is "$verdict" "netfilter: table ip t chain in policy drop, hook input" \
		"the verdict names the policy, whatever has jumped"
else
	skip "the policy that drops" "$NO_BTF"
fi

if ! since 5 11; then
	skip "the way through iptables" "$NO_BTF"
	skip "text: iptables" "$NO_BTF"
elif [ -z "$LEGACY" ]; then
	skip "the way through iptables" "iptables-legacy does not work here"
	skip "text: iptables" "iptables-legacy does not work here"
else
	is "$(way 8 mangle)" "ip mangle PREROUTING rule 2 hook prerouting jump user
ip mangle user rule 2 hook prerouting continue
ip mangle user rule 3 hook prerouting MARK
ip mangle user rule 4 hook prerouting return comment ours
ip mangle PREROUTING policy hook prerouting accept
ip mangle INPUT policy hook input accept" "the way through iptables"
	like "$(<"$TMP/text.out")" \
		$'\n +\\[netfilter: table ip mangle chain user rule 4, hook prerouting: return, comment "ours"\\]\n' \
		"text: iptables"
fi

is "$(json json 'map(.rules // [] | map(.rule) | map(select(test(" drop( |$)")))) |
	flatten | unique | map(select(test("policy") | not)) | length')" 0 \
	"no rule is said to drop that does not match"
