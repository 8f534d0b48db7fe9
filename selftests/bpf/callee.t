#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# kernels: host
#
# callee.t: for which packet a function works that has none (bpf/callees.h).

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/objects.sh"

[ "$(uname -m)" = x86_64 ] || skip_all "makes registers of x86_64"
make -s -C "$TOP" build/bpfload bpf "$BUILT/callee"
objects_for ring with_callees=1
"$TOP/$BUILT/callee" "$(object kprobe 1)" "$(object kprobe 1 fin=3)"
