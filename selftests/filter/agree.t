#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# agree.t: every expression of the file "expressions", compiled by bpfload, for
# Ethernet and for IP without link-layer header, for classifiers and for probes,
# selects the same packets as libpcap does. A file with captures in it may be
# named by CAPTURES.

set -eo pipefail

TOP=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
HERE=$TOP/selftests/filter
COUNT=${COUNT:-5000}	# packets

# compile LINK FLAG...: both forms of each expression that libpcap takes
compile()
{
	local link=$1 line=0 expression jobs=()
	shift
	mkdir -p "$tmp/$link"
	while IFS= read -r expression; do
		line=$((line + 1))
		mkdir "$tmp/$link/$line"
		"$TOP/build/bpfload" filter -l "$link" -e "$expression" \
			>"$tmp/$link/$line/expression.h" 2>/dev/null || continue
		jobs+=("$line")
	done <"$HERE/expressions"
	printf '%s\n' "${jobs[@]}" | xargs -P "$(nproc)" -I '{}' \
		"$CLANG" "@$tmp/flags" "$@" -I "$tmp/$link/{}" \
		-c -o "$tmp/$link/{}.skb.o" "$HERE/agree.bpf.c"
	printf '%s\n' "${jobs[@]}" | xargs -P "$(nproc)" -I '{}' \
		"$CLANG" "@$tmp/flags" "$@" -DFILTER_SEED -I "$tmp/$link/{}" \
		-c -o "$tmp/$link/{}.seed.o" "$HERE/agree.bpf.c"
}

CLANG=${CLANG:-clang}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
make -s -C "$TOP" build/bpfload build/filter/agree
"$TOP/build/bpfload" layout >"$tmp/kernel.h"
{
	echo -O2 -g -target bpf -std=gnu11 -Wall -Wextra -Werror
	echo -I "$TOP/bpf" -I "$tmp"
	echo "-idirafter /usr/include/$(uname -m)-linux-gnu"
	"$TOP/build/bpfload" cflags
} >"$tmp/flags"
compile ether
compile raw -DFILTER_RAW
"$TOP/build/filter/agree" "$tmp/ether" ether "$COUNT" <"$HERE/expressions"
"$TOP/build/filter/agree" "$tmp/raw" raw "$COUNT" <"$HERE/expressions"
