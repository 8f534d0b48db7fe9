#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# kernels: host
#
# unselected.t: what bpf/unselected.c counts of packets that nobody selects.

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/objects.sh"

make -s -C "$TOP" build/bpfload bpf "$BUILT/unselected"
objects_for ring
# in the order of "enum" in unselected.c
objects=()
filter_for --expression 'udp dst port 4660'
add_program unselected
add_program unselected ,egress=1
filter_for --expression 'outbound and udp dst port 4660'
add_program unselected ,egress=1
filter_for --mark 1 --expression 'udp dst port 4660'
add_program unselected
filter_for --mark 0x5eed --expression 'udp dst port 4660'
add_program unselected
filter_for --inner tcp --expression 'udp dst port 4660'
add_program unselected
"$TOP/$BUILT/unselected" "${objects[@]}"
