#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# random.t: random programs of classic BPF become programs that the verifier
# takes and that do the same as libpcap does with them.

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/compile.sh"

COUNT=${COUNT:-100}	# programs
PACKETS=200

make -s -C "$TOP" build/bpfload build/filter/agree build/filter/random
compile_flags
seq "$COUNT" | (cd "$tmp" && xargs mkdir)
"$TOP/build/filter/random" "$tmp" "$COUNT" >"$tmp/programs"
seq "$COUNT" | compile_form "$tmp" "{}.skb.o"
seq "$COUNT" | compile_form "$tmp" "{}.seed.o" -DFILTER_SEED
"$TOP/build/filter/agree" "$tmp" ether "$PACKETS" <"$tmp/programs"
echo "1..$COUNT"
