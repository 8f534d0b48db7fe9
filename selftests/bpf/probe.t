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
	"$(object kprobe 1 fin=2 reason=3)"
	"$(object kprobe 1 arg=2 deref=1)"
	"$(object kprobe 1 arg=4)"
	"$(object kprobe 1 arg=5)"
	"$(object kprobe 1 arg=6)"
	"$(object fentry 1 fin=2 arg=2 reason=3)"
	"$(object kprobe_return 1 arg=2)"
	"$(object fentry_return 1 arg=2 result=3)"
	"$(object kprobe 1 arg=2 parent=1)"
	"$(object kprobe 1 is_fresh=1 arg=2 parent=1)"
	"$(object fentry 1 arg=2 parent=1)"
	"$(object fexit 1 result=3)"
	"$(object fexit 1 is_bool=1 result=3)"
)
"$TOP/$BUILT/probe" "${objects[@]}"
