#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# agree.t: every expression of the file "expressions", compiled by bpfload, for
# Ethernet and for IP without link-layer header, for classifiers and for probes,
# selects the same packets as libpcap does.

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/compile.sh"

COUNT=${COUNT:-5000}	# packets

# headers: those of all expressions
headers()
{
	local line=0 expression

	while IFS= read -r expression; do
		line=$((line + 1))
		mkdir "$tmp/$line"
		"$TOP/build/bpfload" filter -e "$expression" \
			>"$tmp/$line/expression.h"
	done <"$HERE/expressions"
}

# compile LINK FLAG...: objects of all expressions that can be had for it
compile()
{
	mkdir "$tmp/$1"
	(cd "$tmp" && grep -l "HAVE_${1^^} " -- */expression.h) |
		cut -d/ -f1 >"$tmp/lines"
	compile_form "$tmp" "$1/{}.skb.o" "${@:2}" <"$tmp/lines"
	compile_form "$tmp" "$1/{}.seed.o" -DFILTER_SEED "${@:2}" <"$tmp/lines"
}

make -s -C "$TOP" build/bpfload build/filter/agree
compile_flags
headers
compile ether
compile raw -DFILTER_RAW
{
	"$TOP/build/filter/agree" "$tmp/ether" ether "$COUNT" <"$HERE/expressions"
	"$TOP/build/filter/agree" "$tmp/raw" raw "$COUNT" <"$HERE/expressions"
} | awk '
	sub(/^not ok [0-9]+/, "not ok " n + 1) || sub(/^ok [0-9]+/, "ok " n + 1) { n++ }
	{ print }
	END { print "1.." n }'
