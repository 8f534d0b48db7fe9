#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: which rule of a firewall dropped a packet: table, chain, number
# requires: root kprobes cmd:jq cmd:nft tool:pins
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
. "${BASH_SOURCE%/*}/paths.sh"
plan 28

new_lab || exit 1
NO_BTF='before 5.11 modules have no BTF: how their functions return is not seen'

# ruleset: nft rules of node B, from stdin
ruleset()
{
	on B nft flush ruleset
	on B nft -f -
}

# handle FAMILY CHAIN N [TABLE]: of its rule number N, as nft(8) shows it
handle()
{
	on B nft -a list chain "$1" "${4:-t}" "$2" |
		sed -n 's/^\t\t.*# handle \([0-9]*\)$/\1/p' | sed -n "$3p"
}

declare -A WANT	# by the name of a ruleset: what is to be said of its packet
NAMES=()	# in their order

# verdict NAME WANT COMMAND...: what is to be said of the packet that it sends
verdict()
{
	NAMES+=("$1")
	if ! since 5 11 && [[ $1 = *policy || $1 = vmap || $1 = ip*tables* &&
		$1 != *nft ]]; then
		WANT[$1]="skip $NO_BTF"
		return
	fi
	WANT[$1]="dropped by netfilter: table $2"
	sent "$1" "${@:3}"
}

# without NAME WHY: it cannot be had here
without()
{
	NAMES+=("$1")
	WANT[$1]="skip $2"
}

# verdicts: what is said of each; "none" has no rule
verdicts()
{
	local name number text rule
	local -A said=() rules=() comments=()

	window_take paths
	"$BPFPATH" -q -o json show "$TMP/paths.out" >"$TMP/paths.json"
	while read -r number rule text; do
		said[$number]=$text
		rules[$number]=$rule
	done < <(jq -r '"\(.packet) \(.end.rule | tojson | gsub(" "; "_")) \(.end.verdict)"' \
		"$TMP/paths.json")
	while read -r number text; do
		comments[$number]=$text
	done < <(jq -r '"\(.packet) \(.end.rule_fields.comment)"' "$TMP/paths.json")
	for name in "${NAMES[@]}"; do
		if [[ ${WANT[$name]} = skip* ]]; then
			skip "$name" "${WANT[$name]#skip }"
		else
			is "${said[${PACKET[$name]}]}" "${WANT[$name]}" "$name"
		fi
	done
	is "${rules[${PACKET[none]}]}" null "no rule is named where none decides"
	is "${comments[${PACKET[comment]}]}" 'no pings: äöü, ticket 7' "JSON: a comment"
	is "${comments[${PACKET[input]}]}" null "JSON: no comment"
	like "$("$BPFPATH" -q -o prometheus show "$TMP/paths.out")" \
		'_total\{[^}]*rule="ip t c rule 2 [^"]* comment no pings: äöü, ticket 7"[^}]*\} 1' \
		"drops are counted by rule"
}

ping_a()
{
	on B ping -n -c 1 -W 1 10.0.0.2 >/dev/null 2>&1
}

window_open || exit 1

# --------------------------------------------------------------- nftables

ruleset <<END
table netdev t {
	chain c {
		type filter hook ingress device veth-b priority 0
		tcp dport 1 accept
		icmp type echo-request drop
	}
}
END
verdict ingress "netdev t chain c rule 2 handle $(handle netdev c 2), hook ingress" \
	ping_peer 10.0.0.1

for hook in prerouting input; do
	ruleset <<-END
		table ip t {
			chain other { icmp type echo-reply drop; }
			chain c {
				type filter hook $hook priority 0
				tcp dport 1 accept
				meta mark 7 drop
				jump other
				counter icmp type echo-request drop
			}
		}
	END
	verdict $hook "ip t chain c rule 4 handle $(handle ip c 4), hook $hook" \
		ping_peer 10.0.0.1
done

ruleset <<END
table ip t {
	chain c {
		type filter hook input priority 0
		tcp dport 1 accept comment "another one"
		icmp type echo-request drop comment "no pings: äöü, ticket 7"
	}
}
END
verdict comment "ip t chain c rule 2 handle $(handle ip c 2), hook input, comment \"no pings: äöü, ticket 7\"" \
	ping_peer 10.0.0.1

ip -n "$NS_A" route add 10.99.0.0/16 via 10.0.0.1
ip -n "$NS_B" route add 10.99.0.0/16 via 10.0.0.2
on B sysctl -q -w net.ipv4.ip_forward=1
ruleset <<END
table inet t {
	chain c {
		type filter hook forward priority 0
		ip daddr 10.99.0.0/16 drop
	}
}
END
verdict forward "inet t chain c rule 1 handle $(handle inet c 1), hook forward" \
	ping_peer 10.99.0.1

for hook in output postrouting; do
	ruleset <<-END
		table ip t {
			chain c {
				type filter hook $hook priority 0
				icmp type echo-request drop
			}
		}
	END
	verdict $hook "ip t chain c rule 1 handle $(handle ip c 1), hook $hook" \
		ping_a
done

ruleset <<END
table ip6 t {
	chain c {
		type filter hook input priority 0
		icmpv6 type echo-request drop
	}
}
END
verdict IPv6 "ip6 t chain c rule 1 handle $(handle ip6 c 1), hook input" \
	ping_peer fd00::1

ruleset <<END
table inet t {
	chain inner { counter; icmp type echo-request drop; }
	chain outer { goto inner; }
	chain c {
		type filter hook input priority 0; policy drop;
		jump outer
		accept
	}
}
END
verdict jump "inet t chain inner rule 2 handle $(handle inet inner 2), hook input" \
	ping_peer 10.0.0.1

ruleset <<END
table ip early {
	chain c { type filter hook input priority -5; policy drop; accept; }
}
table ip t {
	chain c {
		type filter hook input priority 0; policy drop;
		tcp dport 1 accept
	}
}
END
verdict policy "ip t chain c policy drop, hook input" \
	ping_peer 10.0.0.1

ruleset <<END
table ip t {
	chain c {
		type filter hook input priority 0; policy drop;
		tcp dport 1 accept
		ip saddr vmap { 10.0.0.2 : drop, 10.0.0.3 : accept }
	}
}
END
verdict vmap "ip t chain c rule 2 handle $(handle ip c 2), hook input" \
	ping_peer 10.0.0.1

ruleset <<END
table inet t {
	chain c {
		type filter hook input priority 0
		meta l4proto icmp reject with icmpx type admin-prohibited
	}
}
END
verdict reject "inet t chain c rule 1 handle $(handle inet c 1), hook input" \
	ping_peer 10.0.0.1

if ip -n "$NS_B" link add br0 up type bridge && ruleset <<END; then
table bridge t {
	chain c {
		type filter hook prerouting priority 0
		ether type ip drop
	}
}
END
	ip -n "$NS_B" link set veth-b master br0
	verdict bridge "bridge t chain c rule 1 handle $(handle bridge c 1), hook prerouting" \
		ping_peer 10.0.0.1
	ip -n "$NS_B" link del br0
else
	without bridge "nftables has no family bridge here"
fi
on B nft flush ruleset

# --------------------------------------------------------------- iptables

if on B iptables-nft -A INPUT -p tcp -j ACCEPT; then
	on B iptables-nft -A INPUT -p icmp -j DROP
	verdict iptables-nft \
		"ip filter chain INPUT rule 2 handle $(handle ip INPUT 2 filter), hook input" \
		ping_peer 10.0.0.1
	on B nft flush ruleset
else
	without iptables-nft "iptables-nft does not work here"
fi

if on B iptables-nft -A INPUT -p icmp -m comment --comment $'ours: a\tb\e[2J' -j DROP; then
	verdict 'comment of iptables-nft' \
		"ip filter chain INPUT rule 1 handle $(handle ip INPUT 1 filter), hook input, comment \"ours: a?b?[2J\"" \
		ping_peer 10.0.0.1
	on B nft flush ruleset
else
	without 'comment of iptables-nft' "iptables-nft does not work here"
fi

# legacy NAME WANT: rules of iptables-legacy, a line each, from stdin
legacy()
{
	local line

	on B iptables-legacy -F
	on B iptables-legacy -X
	while read -r line; do
		# shellcheck disable=SC2086 # one word each
		if ! on B iptables-legacy $line; then
			without "$1" "iptables-legacy does not work here"
			return
		fi
	done
	verdict "$1" "$2" ping_peer 10.0.0.1
}

legacy 'iptables: rule' 'ip filter chain INPUT rule 2, hook input' <<END
-A INPUT -p tcp -j ACCEPT
-A INPUT -p icmp -j DROP
END
legacy 'iptables: user chain' 'ip filter chain user rule 3, hook input' <<END
-N other
-N user
-A other -p tcp -j DROP
-A user -p tcp -j DROP
-A user -p icmp
-A user -s 10.0.0.2 -j DROP
-A INPUT -j other
-A INPUT -j user
END
legacy 'iptables: REJECT' 'ip filter chain INPUT rule 1, hook input' <<END
-A INPUT -p icmp -j REJECT
END
legacy 'iptables: policy' 'ip filter chain INPUT policy drop, hook input' <<END
-P INPUT DROP
-A INPUT -p tcp -j DROP
END

legacy 'iptables: comment' 'ip filter chain INPUT rule 2, hook input, comment "ours"' <<END
-P INPUT ACCEPT
-A INPUT -p tcp -m comment --comment another -j DROP
-A INPUT -p icmp -m limit --limit 9/s -m comment --comment ours -j DROP
END

if on B ip6tables-legacy -A INPUT -p icmpv6 -j DROP; then
	verdict 'ip6tables' 'ip6 filter chain INPUT rule 1, hook input' \
		ping_peer fd00::1
else
	without ip6tables "ip6tables-legacy does not work here"
fi

# ------------------------------------------------------------ what stays

on B iptables-legacy -F
on B iptables-legacy -P INPUT ACCEPT
on B ip6tables-legacy -F
sent none ping_peer 10.0.0.1
verdicts

# ------------------------------------------------- a kernel that refuses a program

# Without its license it must not call what it calls.
lacks='rules of nftables are not named: the kernel refuses rule_fexit at nft_do_chain'
since 5 11 ||
	lacks='why ARP .* is not told: the kernel refuses rule_fexit at inet_confirm_addr'
cp -r "$TOP/build/bpf/$(uname -m)" "$TMP/instead"
LC_ALL=C sed -i 's/GPL\x00/NOT\x00/' "$TMP/instead/rule_fexit.o"
status=0
BPFPATH_OBJECTS=$TMP/instead "$BPFPATH" -q -N "$NS_A" -d in -w 0.1 icmp \
	2>"$TMP/instead.err" || status=$?
is "$status" 3 "a program is refused: the trace goes on"
is "$(grep -c "^bpfpath: $lacks: Invalid argument\$" "$TMP/instead.err")" 1 \
	"... and says once what it lacks"
ok "... in one line for each kind" \
	[ "$(grep -c 'the kernel refuses' "$TMP/instead.err")" -le 4 ]
