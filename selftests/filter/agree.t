#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# agree.t: every expression of the file "expressions", compiled by bpfload, for
# Ethernet and for IP without link-layer header, for classifiers and for probes,
# selects the same packets as libpcap does.

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/compile.sh"

COUNT=${COUNT:-5000}	# packets

# compile LINK FLAG...: both forms of each expression that libpcap takes
compile()
{
	local dir=$tmp/$1 line=0 expression

	mkdir "$dir"
	while IFS= read -r expression; do
		line=$((line + 1))
		mkdir "$dir/$line"
		"$TOP/build/bpfload" filter -l "$1" -e "$expression" \
			>"$dir/$line/expression.h" 2>/dev/null || continue
		echo "$line"
	done <"$HERE/expressions" >"$dir/lines"
	compile_form "$dir" skb "${@:2}" <"$dir/lines"
	compile_form "$dir" seed -DFILTER_SEED "${@:2}" <"$dir/lines"
}

make -s -C "$TOP" build/bpfload build/filter/agree
compile_flags
compile ether
compile raw -DFILTER_RAW
{
	"$TOP/build/filter/agree" "$tmp/ether" ether "$COUNT" <"$HERE/expressions"
	"$TOP/build/filter/agree" "$tmp/raw" raw "$COUNT" <"$HERE/expressions"
} | awk '
	sub(/^not ok [0-9]+/, "not ok " n + 1) || sub(/^ok [0-9]+/, "ok " n + 1) { n++ }
	{ print }
	END { print "1.." n }'
