#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# kernels: host
#
# rule.t: which rule of nftables decides on a packet (bpf/rule_nft.h).

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/objects.sh"

make -s -C "$TOP" build/bpfload bpf "$BUILT/rule"
objects_for ring
grep -q ' T nft_do_chain$' /proc/kallsyms ||
	skip_all "nf_tables is not built into this kernel"
# ROLE_NFT_CHAIN is 1, ROLE_NFT_EXPR 2, ROLE_XT 4, ROLE_XT_TABLE_LAST 5; of IPv6: 1
iptables=()
for role in 4 5; do
	for ip6 in 0 1; do
		iptables+=("$(object rule_fentry 1 is_ip6=$ip6 role=$role)"
			"$(object rule_fexit 1 is_ip6=$ip6 role=$role)")
	done
done
"$TOP/$BUILT/rule" "$(object rule_fentry 1 role=1)" \
	"$(object rule_fexit 1 role=1)" "$(object rule_fexit 1 role=2)" "${iptables[@]}"
