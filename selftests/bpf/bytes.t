#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# kernels: host
#
# bytes.t: which bytes of a packet bpf/bytes.h takes.

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/objects.sh"

make -s -C "$TOP" build/bpfload bpf "$BUILT/bytes"
objects_for ring
"$TOP/$BUILT/bytes" "$(object tracepoint 1)"
