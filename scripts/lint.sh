#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# lint.sh: what a machine can say of the style: SPDX lines, shellcheck, the
# warnings of gcc and clang as errors, those of clang for the BPF programs.
# Prints what is wrong; exit status 1 when anything is.

set -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

failed=0

check_spdx()
{
	local file

	for file; do
		head -n 2 "$file" | grep -q 'SPDX-License-Identifier: GPL-2.0-only' || {
			echo "$file: no SPDX line"
			failed=1
		}
	done
}

# compile_all CC: both wings and their tests, all warnings, nothing written
compile_all()
{
	make -s BUILD="$tmp/$1" CC="$1" CFLAGS='-O2 -Werror' \
		all "${@:2}"
}

# compile_bpf DIR FLAG...: each program in each way of reading, for the kernel.h
# and the expression.h in DIR
compile_bpf()
{
	local read program
	local -a kp=(-DKP_NUM=1 -DKP_NAME=f -DKP_FIN=2 -DKP_ARG=1 -DKP_DEREF=1
		-DKP_REASON=2 -DKP_LOCATION=2)

	for read in RING MAP PIPE; do
		for program in bpf/*.c; do
			[[ $program != bpf/rule_* ]] || continue
			clang -O2 -target bpf -Wall -Wextra -Wshadow -Wundef \
				-Werror -Ibpf -I"$1" "-DREAD_$read" \
				"-DARCH_$(uname -m)" "${kp[@]}" "${@:2}" \
				-idirafter "/usr/include/$(uname -m)-linux-gnu" \
				-c -o /dev/null "$program" || return
		done
	done
}

# compile_rules DIR: what sees firewalls decide, in each role; with names from
# rules.h that any kernel may have
compile_rules()
{
	local it

	grep -ohE '\b(OFF|BIT|WIDTH)_(NFT?|XT|NET_NFT)_[A-Z0-9_]+' \
		bpf/rule*.h | sort -u | sed 's/.*/#define & 8/' >"$1/rules.h"
	for it in fentry.{1,4,5} fexit.{1,2,4,5} kprobe.{1,3,6}; do
		clang -O2 -target bpf -Wall -Wextra -Wshadow -Wundef -Werror \
			-Ibpf -I"$1" -DREAD_RING -DKP_NUM=1 -DKP_NAME=f \
			-DKP_FIN=0 "-DKP_ARG=${it#*.}" "-DARCH_$(uname -m)" \
			-idirafter "/usr/include/$(uname -m)-linux-gnu" \
			-DNFT_RULE_ARRAYS=1 -c -o /dev/null \
			"bpf/rule_${it%.*}.c" || return
	done
}

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

mapfile -t scripts < <(git ls-files '*.sh' '*.t' .ci/run)
mapfile -t sources < <(git ls-files '*.c' '*.h' '*.sh' '*.t' Makefile)
check_spdx "${sources[@]}"
shellcheck -x "${scripts[@]}" || failed=1
compile_all gcc || failed=1
compile_all clang || failed=1
mkdir "$tmp/btf" "$tmp/nobtf"
build/bpfload layout >"$tmp/btf/kernel.h"
build/bpfload layout -b /nonexistent >"$tmp/nobtf/kernel.h" 2>/dev/null
build/bpfload filter -I ip -m 1 -u 1 -p 1 -c a -e tcp >"$tmp/btf/expression.h"
build/bpfload filter udp fe80::1 >"$tmp/nobtf/expression.h"
compile_bpf "$tmp/btf" || failed=1
compile_bpf "$tmp/btf" -DFILTER_RAW || failed=1
compile_bpf "$tmp/btf" -DKP_SEED -DKP_RANK=1 -DHAVE_PROBE_READ_KERNEL \
	-DSEED_NETNS=1 -DSEED_IFNAME='"lo"' -DSEED_IFNAME_LEN=3 || failed=1
compile_bpf "$tmp/btf" -DKP_PARENT=2 || failed=1
compile_bpf "$tmp/btf" -DWITH_BYTES=64 -DWITH_ASIDE \
	-DHAVE_PROBE_READ_KERNEL || failed=1
compile_bpf "$tmp/btf" -UKP_FIN -DKP_FIN=3 -DWITH_ASIDE || failed=1
compile_bpf "$tmp/btf" -DWITH_RETURNS || failed=1
compile_bpf "$tmp/nobtf" || failed=1
compile_rules "$tmp/btf" || failed=1
exit $failed
