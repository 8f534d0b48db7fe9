#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: parsers with random input, and with what made them fail before
# requires: cmd:clang
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"

export FUZZ_S=${FUZZ_S:-3}

# fuzzed TARGET
fuzzed()
{
	"$TOP/selftests/fuzz/run.sh" "$1" >&2
}

missing=$(make -s -C "$TOP" build/fuzz/libfuzzer 2>&1) ||
	skip_all "${missing%%$'\n'*}"
mapfile -t targets < <(cd "$TOP/selftests/fuzz" &&
	printf '%s\n' loader/*.c report/*.c | sed 's/.*\///; s/\.c$//')
plan $((${#targets[@]} + 1))
ok "all targets are built" make -s -C "$TOP" -j "$(nproc)" fuzz-build
for target in "${targets[@]}"; do
	ok "$target takes what comes, for $FUZZ_S s" fuzzed "$target"
done
