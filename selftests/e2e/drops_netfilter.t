#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: drops by nftables and iptables at each hook, what is said of them
# requires: root kprobes cmd:jq cmd:nft tool:pins
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
. "${BASH_SOURCE%/*}/paths.sh"
. "${BASH_SOURCE%/*}/drops.sh"

HOOKS=(prerouting input forward output postrouting)
FAR6=fd00:12::9

# One result a hook of two, for each tool and version of IP; ingress; all_whole.
plan 45

new_lab && add_forwarding || exit 1
batch A <<<"route add $FAR6 via fd00::1"
batch B <<<"addr add fd00:12::1/64 dev forward-b nodad"
set_neighbours "$NS_B" forward-b "$(mac_of "$NS_A" low-forward)" "$FAR6"
set_sysctl net.ipv6.conf.all.forwarding=1

# node_of HOOK: where the rule is; the packet is made at A
node_of()
{
	case $1 in
	output)	echo A ;;
	*)	echo B ;;
	esac
}

# ping_through HOOK VERSION: an echo request that comes by that hook
ping_through()
{
	local to=10.0.0.1

	case $1$2 in
	forward4 | postrouting4) to=$BEYOND ;;
	forward6 | postrouting6) to=$FAR6 ;;
	*6)	to=fd00::1 ;;
	esac
	ping_ttl A 64 "$to"
}

# nft_at NODE FAMILY HOOK [DEVICE]: a rule that drops echo requests
nft_at()
{
	on "$1" nft -f - <<-END
		table $2 lab {
			chain c {
				type filter hook $3 ${4:+device $4} priority 0;
				icmp type echo-request drop
				icmpv6 type echo-request drop
			}
		}
	END
}

# by_nft HOOK VERSION
by_nft()
{
	local node

	node=$(node_of "$1")
	nft_at "$node" inet "$1" && sent "nft_$1$2" ping_through "$1" "$2"
	on "$node" nft delete table inet lab
}

# by_iptables HOOK VERSION: in the table that all hooks have
by_iptables()
{
	local node tool=iptables-legacy match=(icmp --icmp-type)

	if [ "$2" = 6 ]; then
		tool=ip6tables-legacy
		match=(icmpv6 --icmpv6-type)
	fi
	node=$(node_of "$1")
	on "$node" "$tool" -t mangle -A "${1^^}" -p "${match[@]}" \
		echo-request -j DROP &&
		sent "iptables_$1$2" ping_through "$1" "$2"
	on "$node" "$tool" -t mangle -F
}

by_netdev()
{
	nft_at B netdev "$1" "$2" && sent "netdev_$1" ping_through "$3" 4
	on B nft delete table netdev lab
}

by_all()
{
	local hook version

	for hook in "${HOOKS[@]}"; do
		for version in 4 6; do
			by_nft "$hook" "$version"
			by_iptables "$hook" "$version"
		done
	done
	by_netdev ingress veth-b input
	by_netdev egress forward-b forward || diag "no egress hook"
}

# A rule is found out in modules that are there when the trace begins.
modprobe -q -a nf_tables ip_tables ip6_tables iptable_mangle ip6table_mangle
trace_drops all

by_rule='dropped by netfilter: table'
for version in 4 6; do
	family=ip
	rule='rule 1 handle 2'
	if [ $version = 6 ]; then
		family=ip6
		rule='rule 2 handle 3'
	fi
	for hook in "${HOOKS[@]}"; do
		dropped "nft_$hook$version" "nft, IPv$version, $hook" <<-END
			5.10 nf_hook_slow - $by_rule inet lab chain c $rule, hook $hook
			6.1 nft_do_chain NETFILTER_DROP $by_rule inet lab chain c $rule, hook $hook
		END
		dropped "iptables_$hook$version" "iptables, IPv$version, $hook" <<-END
			5.10 nf_hook_slow - dropped by netfilter in the $hook hook of IPv$version
			6.1 nf_hook_slow NETFILTER_DROP $by_rule $family mangle chain ${hook^^} rule 1, hook $hook
		END
	done
done
dropped netdev_ingress "nft: ingress" <<END
	5.10 nf_hook_slow - $by_rule netdev lab chain c rule 1 handle 2, hook ingress
	6.1 nft_do_chain NETFILTER_DROP $by_rule netdev lab chain c rule 1 handle 2, hook ingress
END
dropped netdev_egress "nft: egress" <<END
	6.1 nft_do_chain NETFILTER_DROP $by_rule netdev lab chain c rule 1 handle 2, hook egress
END
all_whole
