# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# compile.sh: filters as objects for agree; sourced. Sets tmp, which goes at the
# end.

TOP=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
HERE=$TOP/selftests/filter
CLANG=${CLANG:-clang}

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# compile_flags: to tmp/flags, and tmp/kernel.h
compile_flags()
{
	"$TOP/build/bpfload" layout >"$tmp/kernel.h"
	{
		echo -O2 -g -target bpf -std=gnu11 -Wall -Wextra -Werror
		echo -I "$TOP/bpf" -I "$tmp"
		echo "-idirafter /usr/include/$(uname -m)-linux-gnu"
		"$TOP/build/bpfload" cflags
	} >"$tmp/flags"
}

# compile_form DIR OBJECT FLAG...: for each word of standard input, which stands
# for {}, DIR/{}/expression.h to DIR/OBJECT
compile_form()
{
	xargs -P "$(nproc)" -I '{}' "$CLANG" "@$tmp/flags" "${@:3}" \
		-I "$1/{}" -c -o "$1/$2" "$HERE/agree.bpf.c"
}
