#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# kernels: host
#
# step.t: what bpf/tracepoint.c says of a packet's steps and of its end.

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/objects.sh"

make -s -C "$TOP" build/bpfload bpf "$BUILT/step"
objects_for ring
objects=("$(object tracepoint 21 arg=2)" "$(object tracepoint 345 fin=2 reason=3 caller=2)")
objects_for map
"$TOP/$BUILT/step" "${objects[@]}" "$(object tracepoint 345 fin=2 reason=3 caller=2)"
