#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: which rule of a firewall dropped a packet: table, chain, number
# requires: root kprobes cmd:jq cmd:nft
. "${BASH_SOURCE%/*}/../lib.sh"
plan 19

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

# verdict NAME WANT TRIGGER... [-- OPTION...]: what is said of the packet
verdict()
{
	local name=$1 want=$2 trigger=()

	shift 2
	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		trigger+=("$1")
		shift
	done
	if ! since 5 11 && [[ $name = *policy || $name = vmap || $name = ip*tables* &&
		$name != *nft ]]; then
		skip "$name" "$NO_BTF"
		return
	fi
	trace "$name" "${trigger[@]}" -- "${FEW[@]}" -N "$NS_B" -i veth-b \
		-w 20 -o json "${@:2}"
	is "$(json "$name" '.[0].end.verdict')" \
		"dropped by netfilter: table $want" "$name"
}

IN=(-- -d in 'src host 10.0.0.2 or src host fd00::2')
OUT=(-- -d out 'src host 10.0.0.1')

ping_a()
{
	on B ping -n -c 1 -W 1 10.0.0.2 >/dev/null 2>&1
}

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
	ping_peer 10.0.0.1 "${IN[@]}"

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
		ping_peer 10.0.0.1 "${IN[@]}"
done

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
	ping_peer 10.99.0.1 "${IN[@]}"

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
		ping_a "${OUT[@]}"
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
	ping_peer fd00::1 "${IN[@]}"

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
	ping_peer 10.0.0.1 "${IN[@]}"

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
	ping_peer 10.0.0.1 "${IN[@]}"

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
	ping_peer 10.0.0.1 "${IN[@]}"

ruleset <<END
table inet t {
	chain c {
		type filter hook input priority 0
		meta l4proto icmp reject with icmpx type admin-prohibited
	}
}
END
verdict reject "inet t chain c rule 1 handle $(handle inet c 1), hook input" \
	ping_peer 10.0.0.1 "${IN[@]}"

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
		ping_peer 10.0.0.1 "${IN[@]}"
	ip -n "$NS_B" link del br0
else
	skip bridge "nftables has no family bridge here"
fi
on B nft flush ruleset

# --------------------------------------------------------------- iptables

if on B iptables-nft -A INPUT -p tcp -j ACCEPT; then
	on B iptables-nft -A INPUT -p icmp -j DROP
	verdict iptables-nft \
		"ip filter chain INPUT rule 2 handle $(handle ip INPUT 2 filter), hook input" \
		ping_peer 10.0.0.1 "${IN[@]}"
	on B nft flush ruleset
else
	skip iptables-nft "iptables-nft does not work here"
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
			skip "$1" "iptables-legacy does not work here"
			return
		fi
	done
	verdict "$1" "$2" ping_peer 10.0.0.1 "${IN[@]}"
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

if on B ip6tables-legacy -A INPUT -p icmpv6 -j DROP; then
	verdict 'ip6tables' 'ip6 filter chain INPUT rule 1, hook input' \
		ping_peer fd00::1 "${IN[@]}"
else
	skip ip6tables "ip6tables-legacy does not work here"
fi

# ------------------------------------------------------------ what stays

on B iptables-legacy -F
on B iptables-legacy -P INPUT ACCEPT
on B ip6tables-legacy -F
trace none ping_peer 10.0.0.1 -- "${FEW[@]}" -N "$NS_B" -i veth-b -d in -w 20 \
	-o json 'src host 10.0.0.2'
is "$(json none '.[0].end.rule')" null "no rule is named where none decides"
