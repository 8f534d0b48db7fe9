#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# kernels: host
#
# probe.t: programs of kprobes and trampolines, without either.

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/objects.sh"

[ "$(uname -m)" = x86_64 ] || skip_all "makes registers of x86_64"
make -s -C "$TOP" build/bpfload bpf "$BUILT/probe"
objects_for ring
# in the order of "enum" in probe.c
objects=(
	"$(object kprobe 1 2 1 0 3)"
	"$(object kprobe 1 0 2 1)"
	"$(object kprobe 1 0 4)"
	"$(object kprobe 1 0 5)"
	"$(object kprobe 1 0 6)"
	"$(object fentry 1 2 2 0 3)"
	"$(object kprobe_return 1 0 2)"
	"$(object fentry_return 1 0 2 0 0 3)"
	"$(object kprobe 1 0 2 0 0 0 0 1)"
	"$(object kprobe 1 1 2 0 0 0 0 1)"
	"$(object fentry 1 0 2 0 0 0 0 1)"
	"$(object fexit 1 0 1 0 0 3)"
	"$(object fexit 1 1 1 0 0 3)"
)
"$TOP/$BUILT/probe" "${objects[@]}"
