#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: what a start takes: processes, reads of the kernel's BTF
# requires: root cmd:strace
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 6

new_lab || exit 1
mount_quietly

# trace_start NAME ARG...: calls until the loader says that all is armed, in $TMP/NAME
trace_start()
{
	local name=$1
	shift

	strace -f -qq -s 40 -e trace=execve,openat,write -e signal=none -o "$TMP/$name.all" \
		"$BPFPATH" -N "$NS_A" -w 0.1 "$@" >/dev/null 2>&1 || true
	sed '/write(2, "tracing /q' "$TMP/$name.all" >"$TMP/$name"
	ok "$name: it is armed" [ "$(wc -l <"$TMP/$name")" -lt \
		"$(wc -l <"$TMP/$name.all")" ]
}

# started NAME [PROGRAM]: how many programs, or that one
started()
{
	# what strace prints in two lines begins in the first
	grep "execve(\"[^\"]*/${2:-[^\"]*}\"" "$1" | grep -vc ' = -1 '
}

# at_most N COUNT WHAT
at_most()
{
	ok "$3: $2, at most $1" [ "$2" -le "$1" ]
}

trace_start expression "${FEW[@]}" -a tracepoint icmp and host 10.0.0.1
at_most 6 "$(started "$TMP/expression" bpfload)" "bpfload is called"
at_most 25 "$(started "$TMP/expression")" "programs are started"
is "$(grep -c '"/sys/kernel/btf/vmlinux"' "$TMP/expression")" 1 \
	"vmlinux's BTF is read once"

trace_start auto icmp and host 10.0.0.1
is "$(grep -c '"/sys/kernel/btf/vmlinux"' "$TMP/auto")" 1 \
	"also where the ways of attaching are tried"
